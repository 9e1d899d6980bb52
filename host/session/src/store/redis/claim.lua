-- Leases a session to an instance and gives what is stored of it.
--
-- Keys: the record, the stream of frames. Arguments: the instance, and the one from which it may be
-- taken away ('' for none).
-- Gives {0} where there is no session, {1, owner} where another instance has it,
-- {2, whether it was released, the record, the frames}, and {3} where the record is damaged.
-- Damaged frames are none: the client is given a full state then.

local record, stream = KEYS[1], KEYS[2]
local instance, from = ARGV[1], ARGV[2]

if redis.call('EXISTS', record) == 0 then
    return {0}
end
local known = redis.pcall('HMGET', record, 'g', 'o')
if known.err or not tonumber(known[1]) then
    return {3}
end
local owner = known[2]
if owner and owner ~= instance and owner ~= from then
    return {1, owner}
end
redis.call('HINCRBY', record, 'g', 1)
redis.call('HSET', record, 'o', instance)
local released = owner and 0 or 1
local frames = redis.pcall('XRANGE', stream, '-', '+')
if frames.err then
    redis.call('DEL', stream)
    frames = {}
end
return {2, released, redis.call('HGETALL', record), frames}
