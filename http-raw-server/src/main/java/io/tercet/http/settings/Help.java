package io.tercet.http.settings;

/// What `--help` prints.
final class Help {
  private static final String OPTIONS =
      """
      http-raw-server - serve files over HTTP/1.1, from the system call up

      USAGE
        java -jar http-raw-server.jar [ROOT] [OPTIONS]

      ROOT is the folder to serve; index.html stands for its folder. With a ROOT it is a plain
      server of files. Without one it is a part of Tercet: it serves TERCET_WEB_ROOT and the sites
      that file-service publishes, and has a management port. It is a part of Tercet with a ROOT
      too, where TERCET_FILES_URL or TERCET_SERVICE_SECRET_FILE is set, and never with a handler
      other than files.

      OPTIONS                          or from the environment
        --port PORT                    TERCET_PAGES_PORT             8083; 0 lets the system choose
        --bind ADDRESS                 TERCET_LISTEN                 127.0.0.1
        --management-port PORT         TERCET_PAGES_MANAGEMENT_PORT  9083 as a part of Tercet, else
                                                                     none
        --model MODEL                  TERCET_MODEL                  epoll
            one-by-one       one connection at a time, closed after its response
            processes        a worker process per core, replaced when it dies
            threads          a platform thread per connection
            pool             a fixed pool of threads and a bounded queue; 503 when that is full
            virtual-threads  a virtual thread per connection, parked while its socket is silent
            select           event loops over select(2); descriptors past 1,023 are answered 503
            poll             event loops over poll(2)
            epoll            event loops over epoll(7), one per core: the quickest on Linux
        --handler HANDLER              TERCET_HANDLER                files
            files            the files below ROOT, and published sites
            echo             the request's body and its Content-Type, for test suites
        --sites-domain DOMAIN          TERCET_SITES_DOMAIN           pages.localhost
        --sites-disk SIZE              TERCET_SITES_DISK             1800MB
            what copies of sites may take on disk, in blocks of 4 KiB; past it a site is not
            served (503), and all others are. Each process has an equal share, if the model is
            processes. Twice what file-service lets people publish (TERCET_QUOTA_SITES) is enough
            for all that is switched from one version to the next.
        --no-spa                       answer 404, not index.html, for a page that does not exist
        --access-log FILE              TERCET_ACCESS_LOG             off; - is standard output
            a line for each answer; the file may be moved away, a new one is begun within a second
        --access-log-format FORMAT     TERCET_ACCESS_LOG_FORMAT      combined; or json
        --trusted-proxies RANGES       TERCET_GATEWAY_ADDRESSES      127.0.0.0/8,::1 as a part of
                                                                     Tercet, else none
            10.0.0.0/8,::1   proxies whose X-Forwarded-For is believed, for the log and limits
        --proxy-protocol               connections of trusted proxies begin with a PROXY header of
                                       version 2, of at most 4096 bytes
        --listing                      show what is in a folder that has no index.html
        --no-compression               do not compress text; files .br .zst .gz are still sent
        --cache-control GLOB=VALUE     how long files may be kept; the first that matches counts
        --header 'NAME: VALUE'         a field of every answer to a request that could be read;
                                       without VALUE, no such field
        --limit NAME=VALUE             one of the limits below; may be repeated
        --help

      LIMITS and what happens past them
        request-line-bytes=8192        414
        header-bytes=32768             431
        header-count=100               431
        body-bytes=1048576             413; a body is dropped, unless the handler takes it
        unfinished-bytes=16777216      503; memory of unfinished work of all connections together:
                                       heads and bodies that have come in part, bodies until the
                                       answer has left, answers that wait for their clients, and
                                       requests whose handlers wait on threads of their own. Past
                                       it, a connection whose client takes nothing is closed. Each
                                       process has as much, if the model is processes
        chunk-line-bytes=256           400
        header-timeout=10s             408
        body-timeout=30s               408
        body-rate=512                  408; bytes/second of a body on average, 0 for any, past …
        body-grace=10s                 … this time from the end of the head
        idle-timeout=60s               closed, between requests
        write-timeout=30s              closed, if the client takes nothing of a response
        linger-timeout=2s              closed, after the last response was sent
        requests-per-connection=100000 the last one says Connection: close
        connections=10000              503; on Linux a silent connection counts after a second;
                                       each process has an equal share, if the model is processes
        client-connections=0           429; connections of one IPv4 address or IPv6 network of 64
                                       bits; 0 for any number. A trusted proxy may have any number;
                                       a client that it names counts while its request is handled.
                                       Each process counts by itself, if the model is processes
        backlog=4096                   connections that wait to be accepted, per core
        pool-threads=200               threads of the model pool
        pool-queue=1000                connections that may wait for one of them; past it 503
        access-log-bytes=8388608       entries that wait to be written; more are dropped and counted
        cached-file-bytes=65536        a larger file is neither kept in memory nor compressed
        cache-bytes=8388608            the oldest file is dropped from memory
        listing-entries=2000           the rest of the folder is not listed, and it says so
        site-files=100000              of all published sites; a version past it is not served, and
                                       the one before stays. They take 10 MiB of memory

      FILES
        name.br, name.zst and name.gz are sent for name to clients that accept them, if they are
        shorter and not older. Text from 1 KiB is compressed once and kept. 404.html in the root
        is shown to people where there is nothing, 50x.html while the server cannot open files;
        neither may be longer than cached-file-bytes, or the server's own words are shown.
        GLOB: * is a part of a name, ** of a path; without a slash it is for the last name. Files
        below assets/ with a hash in their name may be kept for ever, others are asked for again.
        Sent by default, and replaced or removed by --header: X-Content-Type-Options: nosniff,
        Referrer-Policy: strict-origin-when-cross-origin, X-Frame-Options: SAMEORIGIN.
        Refusals of the protocol (400, 408, 413, 414, 429, 431, …) and failures (500) have
        X-Content-Type-Options alone, whatever --header says.
        --listing, --cache-control and --header are for the root, not for published sites.

      AS A PART OF TERCET
        TERCET_DATA                    ./data; copies of published sites are kept in its pages/
        TERCET_FILES_URL               http://127.0.0.1:8082
        TERCET_SERVICE_SECRET_FILE     $TERCET_DATA/service-secret
      """;

  private static final String REST =
      """
      SIGNALS
        SIGTERM or Ctrl-C: it accepts no more connections, finishes open requests within 10 seconds,
        and ends.

      EXAMPLES
        java -jar http-raw-server.jar ./site --port 8000
        java -jar http-raw-server.jar ./site --model virtual-threads --limit idle-timeout=5s
        java -jar http-raw-server.jar ./site --listing --cache-control '*.png=max-age=86400'
        curl -r 0-99 http://127.0.0.1:8000/
        java -jar http-raw-server.jar ./site --management-port 9083
        curl http://127.0.0.1:9083/health/ready
      """;

  private Help() {}

  /// The whole text.
  ///
  /// @param additions sections of an outer program; each ends in a line feed
  static String text(String additions) {
    return OPTIONS + "\n" + (additions.isEmpty() ? "" : additions + "\n") + REST;
  }
}
