/* What the kernel alone takes: a server that makes the calls a request cannot do without, and nothing else.
 *
 *   bare PORT FOLDER     serves 1k.txt, 10k.txt and 1m.bin of the folder on 127.0.0.1, until it is killed
 *
 * It reads no request: an empty line ends one, and what its first bytes look like says which file. It knows no
 * limit and no timeout, and gives up where it cannot go on. What takes less than this takes fewer or cheaper calls.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  CONNECTIONS_MAX = 20000,
  EVENTS_MAX = 256,
  INPUT_BYTES = 16384,
  ANSWERS_MAX = 64,  /* in one write */
  IN_MEMORY_MAX = 65536,
  FILES = 3
};

struct file {
  const char *target;
  const char *name;
  const char *fields; /* of its own in the answer */
  int fd;
  long length;
  char *answer; /* head, and the body too if it is small */
  size_t answer_length;
};

static struct file files[FILES] = {
    {.target = "GET /1k.txt ", .name = "1k.txt", .fields = ""},
    {.target = "GET /10k.txt ", .name = "10k.txt", .fields = ""},
    {.target = "GET /1m.bin ", .name = "1m.bin", .fields = ""},
};

/* With which a connection ends. */
static struct file last = {.name = "1k.txt", .fields = "Connection: close\r\n"};

/* How far the file has been sent on a connection; 0 if none is. */
static long sent[CONNECTIONS_MAX];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void load(struct file *file, int folder) {
  struct stat status;
  file->fd = openat(folder, file->name, O_RDONLY);
  if (file->fd < 0 || fstat(file->fd, &status) < 0) fail(file->name);
  file->length = status.st_size;
  /* As long as the head that http-raw-server sends for it. */
  int head = asprintf(&file->answer,
      "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nServer: bare\r\nCache-Control: no-cache\r\n"
      "Accept-Ranges: bytes\r\nVary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: strict-origin-when-cross-origin\r\nX-Frame-Options: SAMEORIGIN\r\n"
      "ETag: \"aaaaaaaaaaaaaaaaaaaaaaa\"\r\nLast-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Length: %ld\r\n%s\r\n",
      file->length, file->fields);
  long body = file->length > IN_MEMORY_MAX ? 0 : file->length;
  char *whole = head < 0 ? NULL : realloc(file->answer, head + body);
  if (whole == NULL) fail("memory");
  if (pread(file->fd, whole + head, body, 0) != body) fail(file->name);
  file->answer = whole;
  file->answer_length = head + body;
}

/* Sends in one call; what the kernel does not take whole would falsify the figures. 1 if the client is gone. */
static int send_whole(int connection, const char *bytes, size_t length, int flags) {
  ssize_t count = send(connection, bytes, length, MSG_NOSIGNAL | flags);
  if (count >= 0 && (size_t)count < length) fail("a short write");
  return count < 0;
}

/* Goes on with the file that is sent on a connection, as far as the kernel takes it; 1 if the client is gone. */
static int send_file(int connection, const struct file *file) {
  off_t position = sent[connection];
  ssize_t count = 1;
  while (position < file->length && count > 0) {
    count = sendfile(connection, file->fd, &position, file->length - position);
  }
  sent[connection] = position < file->length ? position : 0;
  return count < 0 && errno != EAGAIN;
}

/* Reads once and answers every request in it; 1 if the connection is over. */
static int serve(int connection) {
  static char input[INPUT_BYTES + 1], output[ANSWERS_MAX * 2048];
  ssize_t count = recv(connection, input, INPUT_BYTES, 0);
  if (count <= 0) return count == 0 || errno != EAGAIN;
  input[count] = 0;
  const struct file *file = files;
  while (strncmp(input, file->target, strlen(file->target)) != 0) {
    if (++file == files + FILES) return 1;
  }
  if (file->length > IN_MEMORY_MAX) {
    return send_whole(connection, file->answer, file->answer_length, MSG_MORE) || send_file(connection, file);
  }
  const char *end = strstr(input, "\r\n\r\n");
  if (strstr(input, "Connection: close") != NULL) {
    /* With more to come, the end of the connection leaves in the same segment. */
    send_whole(connection, last.answer, last.answer_length, MSG_MORE);
    return 1;
  }
  if (end == NULL || end + 4 == input + count) {
    return send_whole(connection, file->answer, file->answer_length, 0);
  }
  size_t length = 0;
  for (; end != NULL && length + file->answer_length <= sizeof output; end = strstr(end + 4, "\r\n\r\n")) {
    memcpy(output + length, file->answer, file->answer_length);
    length += file->answer_length;
  }
  return send_whole(connection, output, length, 0);
}

static int listen_on(int port) {
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, &one, sizeof one);
  setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) fail("listen");
  return listener;
}

static void accept_all(int poller, int listener) {
  for (;;) {
    int connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (connection < 0) return;
    if (connection >= CONNECTIONS_MAX) fail("too many connections");
    sent[connection] = 0;
    if (serve(connection)) {
      close(connection);
      continue;
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.fd = connection};
    epoll_ctl(poller, EPOLL_CTL_ADD, connection, &event);
  }
}

int main(int count, char **words) {
  if (count != 3) {
    fprintf(stderr, "usage: bare PORT FOLDER\n");
    return 2;
  }
  int folder = open(words[2], O_RDONLY | O_DIRECTORY);
  if (folder < 0) fail(words[2]);
  for (int i = 0; i < FILES; i++) load(&files[i], folder);
  load(&last, folder);
  signal(SIGPIPE, SIG_IGN); /* sendfile has no MSG_NOSIGNAL */
  int listener = listen_on(atoi(words[1])), poller = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[EVENTS_MAX];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(poller, events, EVENTS_MAX, -1);
    for (int i = 0; i < ready; i++) {
      int connection = events[i].data.fd;
      if (connection == listener) {
        accept_all(poller, listener);
      } else if (sent[connection] > 0 ? send_file(connection, &files[FILES - 1])
                                      : (events[i].events & EPOLLIN) && serve(connection)) {
        close(connection);
      }
    }
  }
}
