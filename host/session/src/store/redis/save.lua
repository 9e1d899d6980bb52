-- Stores writes of sessions, each as a whole: all of them, or none where one of the records is
-- another's.
--
-- Keys: for each write the record and the stream of frames. Arguments: the instance, how many writes
-- it has made before, how many frames are kept; then for each write its generation, whether it is
-- whole, whether this instance's client has the socket ('' where that did not change), whether the
-- lease is given back, seconds to keep it, head, the id of the oldest frame that is kept; how many
-- fields are set, and their keys and bytes; how many are removed, and their keys; how many frames
-- are new, and their ids and bytes.
-- Gives for each write {0} where there is no record to change, {1} where one is another's, and
-- {2, holder}.

local instance, order, most = unpack(ARGV, 1, 3)
local at = 4

local function several(count)
    at = at + count
    return unpack(ARGV, at - count, at - 1)
end

-- The places of the arguments of rows: how many there are comes first.
local function rows(width)
    local first = at + 1
    at = first + tonumber(ARGV[at]) * width
    return { first = first, last = at - 1 }
end

local function read(record, stream)
    local write = { record = record, stream = stream }
    write.generation, write.whole, write.holds, write.release = several(4)
    write.kept, write.head, write.oldest = several(3)
    write.set = rows(2)
    write.removed = rows(1)
    write.frames = rows(2)
    return write
end

-- Whether the record is another's. Notes whether there is one, and who has the socket.
local function is_moved(write)
    local known = redis.pcall('HMGET', write.record, 'g', 'h', 'w', 'n')
    if known.err or (known[1] and not tonumber(known[1])) then
        -- What is damaged is as good as gone.
        redis.call('DEL', write.record)
        known = {}
    end
    write.is_known, write.holder = known[1], known[2]
    if not known[1] then
        return false
    end
    -- Or sent over a connection that was given up since, and overtaken by what was sent over the next.
    local is_own = known[1] == write.generation and known[3] == instance
    return tonumber(known[1]) > tonumber(write.generation)
        or is_own and tonumber(known[4]) > tonumber(order)
end

-- A stream takes no id below its last one. A write that is repeated, or begins again with lower
-- numbers, takes the place of the frames from its first one on: what is before them is kept.
local function append(stream, id, bytes)
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

local function write_head(write)
    local record, holder = write.record, write.holder
    if write.whole == '1' then
        redis.call('DEL', record)
    end
    if write.holds == '1' then
        holder = instance
    elseif write.holds == '0' and holder == instance then
        holder = false
    end
    redis.call('HSET', record, 'g', write.generation, 'd', write.head, 'w', instance, 'n', order)
    if write.release == '1' then
        redis.call('HDEL', record, 'o')
    else
        redis.call('HSET', record, 'o', instance)
    end
    if holder then
        redis.call('HSET', record, 'h', holder)
    else
        redis.call('HDEL', record, 'h')
    end
    return holder
end

local function store(write)
    local record, stream = write.record, write.stream
    if not write.is_known and write.whole == '0' then
        return { 0 }
    end
    if write.whole == '1' then
        -- A server without memory refuses this, as long as the script has removed nothing.
        redis.call('HSET', record, 'g', write.generation)
    end
    if not write.is_known then
        redis.call('DEL', stream)
    end
    local holder = write_head(write)
    for place = write.set.first, write.set.last, 2 do
        redis.call('HSET', record, ARGV[place], ARGV[place + 1])
    end
    for place = write.removed.first, write.removed.last do
        redis.call('HDEL', record, ARGV[place])
    end
    for place = write.frames.first, write.frames.last, 2 do
        append(stream, ARGV[place], ARGV[place + 1])
    end
    redis.pcall('XTRIM', stream, 'MINID', write.oldest)
    redis.call('EXPIRE', record, write.kept)
    redis.call('EXPIRE', stream, write.kept)
    return { 2, holder }
end

local writes, answers, moved = {}, {}, false
for place = 1, #KEYS, 2 do
    local write = read(KEYS[place], KEYS[place + 1])
    table.insert(writes, write)
    moved = is_moved(write) or moved
end
for number, write in ipairs(writes) do
    answers[number] = moved and { 1 } or store(write)
end
return answers
