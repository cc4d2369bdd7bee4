package io.tercet.files.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/// Sends a request to any of the addresses of a name, and where one does not accept a connection,
/// to the next one. The JDK's client takes the first address only, always the same.
///
/// A request that a replica may have received is not sent again. Over `https` the name stays: the
/// certificate is for the name.
///
/// - Bounds: each address is tried once; a connection takes no longer than the client's timeout.
/// - Threading: safe. It must be the last interceptor, because it calls the rest more than once.
public final class AddressFailover implements ClientHttpRequestInterceptor {

  /// Looks a name up.
  interface Lookup {
    InetAddress[] addressesOf(String name) throws UnknownHostException;
  }

  private final Lookup names;

  /// Asks the system for addresses; `launcher/jvm` says how long they are used again.
  public AddressFailover() {
    this(InetAddress::getAllByName);
  }

  AddressFailover(Lookup names) {
    this.names = names;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution next) throws IOException {
    URI uri = request.getURI();
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      return next.execute(request, body);
    }
    List<InetAddress> addresses = Arrays.asList(names.addressesOf(uri.getHost()).clone());
    Collections.shuffle(addresses);
    IOException failed = null;
    for (InetAddress address : addresses) {
      try {
        return next.execute(at(address, request), body);
      } catch (ConnectException | HttpConnectTimeoutException | NoRouteToHostException away) {
        if (failed != null) {
          away.addSuppressed(failed);
        }
        failed = away;
      }
    }
    throw failed == null ? new UnknownHostException(uri.getHost()) : failed;
  }

  private static HttpRequest at(InetAddress address, HttpRequest request) {
    String text = address.getHostAddress();
    String host = address instanceof Inet6Address ? "[" + text.replaceAll("%.*", "") + "]" : text;
    URI uri = request.getURI();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    URI target = URI.create("http://" + host + port + uri.getRawPath() + query);
    return new HttpRequestWrapper(request) {
      @Override
      public URI getURI() {
        return target;
      }
    };
  }
}
