package io.tercet.http.settings;

/// What `--help` prints.
final class Help {
  static final String TEXT =
      """
      http-raw-server - serve files over HTTP/1.1, from the system call up

      USAGE
        java -jar http-raw-server.jar [ROOT] [OPTIONS]

      ROOT is the folder to serve; index.html stands for its folder. With a ROOT it is a plain
      server of files. Without one it serves TERCET_WEB_ROOT and the sites that file-service
      publishes, as a part of Tercet.

      OPTIONS                          or from the environment
        --port PORT                    TERCET_PAGES_PORT             8083; 0 lets the system choose
        --bind ADDRESS                 TERCET_LISTEN                 127.0.0.1
        --management-port PORT         TERCET_PAGES_MANAGEMENT_PORT  9083; none with a ROOT
        --model MODEL                  TERCET_MODEL                  epoll
            epoll            event loops, one per core, each waiting for thousands of sockets
            virtual-threads  a virtual thread per connection, parked while its socket is silent
        --sites-domain DOMAIN          TERCET_SITES_DOMAIN           pages.localhost
        --no-spa                       answer 404, not index.html, to a page that is not there
        --listing                      show what is in a folder that has no index.html
        --no-compression               do not compress text; files .br .zst .gz are still sent
        --cache-control GLOB=VALUE     how long files may be kept; the first that matches counts
        --header 'NAME: VALUE'         a field of every answer; without VALUE, no such field
        --limit NAME=VALUE             as often as you like
        --help

      LIMITS and what happens past them
        request-line-bytes=8192        414
        header-bytes=32768             431
        header-count=100               431
        body-bytes=1048576             413; a body is read and dropped
        chunk-line-bytes=256           400
        header-timeout=10s             408
        body-timeout=30s               408
        idle-timeout=60s               closed, between requests
        write-timeout=30s              closed, if the client takes nothing of a response
        linger-timeout=2s              closed, after the last response was sent
        requests-per-connection=100000 the last one says Connection: close
        connections=10000              503
        backlog=4096                   connections that wait to be accepted, per core
        cached-file-bytes=65536        not kept in memory, and not compressed here
        cache-bytes=8388608            the oldest is dropped from memory
        listing-entries=2000           the rest of the folder is not listed, and it says so

      FILES
        name.br, name.zst and name.gz are sent for name to clients that accept them, if they are
        shorter and not older. Text from 1 KiB is compressed once and kept. 404.html in the root
        is shown to people where there is nothing, 50x.html while the server cannot open files.
        GLOB: * is a part of a name, ** of a path; without a slash it is for the last name. Files
        below assets/ with a hash in their name may be kept for ever, others are asked for again.
        Sent by default, and replaced or removed by --header: X-Content-Type-Options: nosniff,
        Referrer-Policy: strict-origin-when-cross-origin, X-Frame-Options: SAMEORIGIN.
        --listing, --cache-control and --header are for the root, not for published sites.

      AS A PART OF TERCET
        TERCET_DATA                    ./data; copies of published sites are kept in its pages/
        TERCET_FILES_URL               http://127.0.0.1:8082
        TERCET_SERVICE_SECRET_FILE     $TERCET_DATA/service-secret

      SIGNALS
        SIGTERM or Ctrl-C stops to accept, finishes what has begun within 10 seconds, and ends.

      EXAMPLES
        java -jar http-raw-server.jar ./site --port 8000
        java -jar http-raw-server.jar ./site --model virtual-threads --limit idle-timeout=5s
        java -jar http-raw-server.jar ./site --listing --cache-control '*.png=max-age=86400'
        curl -r 0-99 http://127.0.0.1:8000/
        curl http://127.0.0.1:9083/health/ready
      """;

  private Help() {}
}
