-- Leases a session to an instance and gives what is stored of it.
--
-- Keys: the record, the stream of frames. Arguments: the instance, and whether by force.
-- Gives {0} where there is no session, {1, owner} where another instance has it, and
-- {2, whether it was released, the record, the frames}.

local record, stream = KEYS[1], KEYS[2]
local instance, force = ARGV[1], ARGV[2] == '1'

if redis.call('EXISTS', record) == 0 then
    return {0}
end
local owner = redis.call('HGET', record, 'o')
if owner and owner ~= instance and not force then
    return {1, owner}
end
redis.call('HINCRBY', record, 'g', 1)
redis.call('HSET', record, 'o', instance)
local released = owner and 0 or 1
return {2, released, redis.call('HGETALL', record), redis.call('XRANGE', stream, '-', '+')}
