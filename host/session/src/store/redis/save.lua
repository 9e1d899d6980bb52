-- Stores one write of a session, as a whole or not at all.
--
-- Keys: the record, the stream of frames. Arguments: generation, instance, whether the write is
-- whole, whether this instance's client has the socket ('' where that did not change), whether the
-- lease is given back, seconds to keep it, head, the id of the oldest frame that is kept, how many
-- frames are kept, how many writes the instance has made before; then how many fields are set, and
-- their keys and bytes; how many are removed, and their keys; how many frames are new, and their
-- ids and bytes.
-- Gives {0} where there is no record to change, {1} where it is another's, and {2, holder}.

local record, stream = KEYS[1], KEYS[2]
local generation, instance, whole, holds, release = unpack(ARGV, 1, 5)
local kept, head, oldest, most, order = unpack(ARGV, 6, 10)

local known = redis.pcall('HMGET', record, 'g', 'h', 'w', 'n')
if known.err or (known[1] and not tonumber(known[1])) then
    -- What is damaged is as good as gone.
    redis.call('DEL', record)
    known = {}
end
local holder = known[2]
if not known[1] then
    if whole == '0' then
        return {0}
    end
    redis.call('DEL', stream)
elseif tonumber(known[1]) > tonumber(generation) then
    return {1}
elseif known[1] == generation and known[3] == instance and tonumber(known[4]) > tonumber(order) then
    -- Sent over a connection that was given up since, and overtaken by what was sent over the next.
    return {1}
end

if whole == '1' then
    redis.call('DEL', record)
end
if holds == '1' then
    holder = instance
elseif holds == '0' and holder == instance then
    holder = false
end
redis.call('HSET', record, 'g', generation, 'd', head, 'w', instance, 'n', order)
if release == '1' then
    redis.call('HDEL', record, 'o')
else
    redis.call('HSET', record, 'o', instance)
end
if holder then
    redis.call('HSET', record, 'h', holder)
else
    redis.call('HDEL', record, 'h')
end

local at = 11
local function count()
    at = at + 1
    return tonumber(ARGV[at - 1])
end
for _ = 1, count() do
    redis.call('HSET', record, ARGV[at], ARGV[at + 1])
    at = at + 2
end
for _ = 1, count() do
    redis.call('HDEL', record, ARGV[at])
    at = at + 1
end

-- A stream takes no id below its last one. A write that is repeated, or begins again with lower
-- numbers, takes the place of the frames from its first one on: what is before them is kept.
local function append(id, bytes)
    local added = redis.pcall('XADD', stream, 'MAXLEN', most, id, 'b', bytes)
    if not added.err then
        return
    end
    local before = redis.pcall('XRANGE', stream, '-', '(' .. id)
    redis.call('DEL', stream)
    if before.err then
        before = {}
    end
    for _, entry in ipairs(before) do
        redis.call('XADD', stream, entry[1], 'b', entry[2][2])
    end
    redis.call('XADD', stream, 'MAXLEN', most, id, 'b', bytes)
end
for _ = 1, count() do
    append(ARGV[at], ARGV[at + 1])
    at = at + 2
end

redis.pcall('XTRIM', stream, 'MINID', oldest)
redis.call('EXPIRE', record, kept)
redis.call('EXPIRE', stream, kept)
return {2, holder}
