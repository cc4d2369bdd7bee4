package io.tercet.chat.security;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a request body that is too large: at once if its `Content-Length` says so, otherwise as
/// soon as more bytes than the limit were read.
@Component
@EnableConfigurationProperties(BodySettings.class)
class BodySizeLimitFilter extends OncePerRequestFilter {

  private static final String PICTURE = "/api/people/me/picture";

  private final BodySettings settings;
  private final ProblemWriter problems;

  BodySizeLimitFilter(BodySettings settings, ProblemWriter problems) {
    this.settings = settings;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isPicture =
        request.getMethod().equals("PUT") && request.getRequestURI().equals(PICTURE);
    long bytesMax = (isPicture ? settings.picture() : settings.max()).toBytes();
    long announced = request.getContentLengthLong();
    if (announced > bytesMax) {
      // The body is not read, so the connection cannot be used again.
      response.setHeader("Connection", "close");
      problems.write(response, ProblemType.TOO_LARGE, detail(bytesMax));
    } else if (announced >= 0 || request.getHeader("Transfer-Encoding") == null) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(new SizeLimitedRequest(request, bytesMax), response);
    }
  }

  private static String detail(long bytesMax) {
    return "A body may have " + bytesMax + " bytes.";
  }

  private static final class SizeLimitedRequest extends HttpServletRequestWrapper {

    private final long bytesMax;

    SizeLimitedRequest(HttpServletRequest request, long bytesMax) {
      super(request);
      this.bytesMax = bytesMax;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new SizeLimitedInput(super.getInputStream(), bytesMax);
    }
  }

  private static final class SizeLimitedInput extends ServletInputStream {

    private final ServletInputStream body;
    private final long bytesMax;
    private long bytes;

    SizeLimitedInput(ServletInputStream body, long bytesMax) {
      this.body = body;
      this.bytesMax = bytesMax;
    }

    @Override
    public int read() throws IOException {
      int octet = body.read();
      count(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = body.read(into, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }

    private void count(int more) {
      bytes += more;
      if (bytes > bytesMax) {
        throw new ProblemException(ProblemType.TOO_LARGE, detail(bytesMax));
      }
    }
  }
}
