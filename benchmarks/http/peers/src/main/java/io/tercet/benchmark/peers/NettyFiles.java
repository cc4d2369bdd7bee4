package io.tercet.benchmark.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.file.Path;

/// Netty with its HTTP codec, its native epoll where that is to be had, and [FileAnswers]. Words:
/// port and root.
public final class NettyFiles {
  private static final int BACKLOG = 4096;
  private static final int IDLE_SECONDS = 60;

  private NettyFiles() {}

  /// Serves until it is ended.
  public static void main(String[] words) throws InterruptedException {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory polling = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    Class<? extends ServerChannel> channel =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    FileAnswers answers = new FileAnswers(Path.of(words[1]));
    new ServerBootstrap()
        .group(new MultiThreadIoEventLoopGroup(1, polling))
        .channel(channel)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel connection) {
                connection
                    .pipeline()
                    .addLast(
                        new ReadTimeoutHandler(IDLE_SECONDS),
                        new HttpServerCodec(),
                        new HttpServerKeepAliveHandler(),
                        answers);
              }
            })
        .bind("127.0.0.1", Integer.parseInt(words[0]))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }
}
