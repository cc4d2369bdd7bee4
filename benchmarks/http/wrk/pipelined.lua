-- Sixteen requests in one write, and the next sixteen when all are answered.
local DEPTH = 16
local batch

function init(_)
  local requests = {}
  for i = 1, DEPTH do
    requests[i] = wrk.format()
  end
  batch = table.concat(requests)
end

function request()
  return batch
end

dofile(string.match(debug.getinfo(1, "S").source, "^@(.*)/") .. "/report.lua")
