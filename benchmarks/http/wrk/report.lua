-- What measure.py reads: wrk's own count as one line of JSON.
function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "micros": %d, "p99Micros": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(99.0),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
