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

/// Refuses bodies that are too large: at once when their length is announced, otherwise when they
/// turn out to be. Nothing here is read into memory before it is known to be small.
@Component
@EnableConfigurationProperties(BodySettings.class)
class BodySizeLimitFilter extends OncePerRequestFilter {

  private final long bytesMax;
  private final ProblemWriter answers;

  BodySizeLimitFilter(BodySettings settings, ProblemWriter answers) {
    this.bytesMax = settings.max().toBytes();
    this.answers = answers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long announced = request.getContentLengthLong();
    if (announced > bytesMax) {
      // What follows is not read; the connection cannot be used again.
      response.setHeader("Connection", "close");
      answers.write(response, ProblemType.TOO_LARGE, detail());
    } else if (announced >= 0 || request.getHeader("Transfer-Encoding") == null) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(new SizeLimitedRequest(request), response);
    }
  }

  private String detail() {
    return "A body may have " + bytesMax + " bytes.";
  }

  private final class SizeLimitedRequest extends HttpServletRequestWrapper {

    SizeLimitedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new SizeLimitedInput(super.getInputStream());
    }
  }

  private final class SizeLimitedInput extends ServletInputStream {

    private final ServletInputStream body;
    private long bytes;

    SizeLimitedInput(ServletInputStream body) {
      this.body = body;
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
        throw new ProblemException(ProblemType.TOO_LARGE, detail());
      }
    }
  }
}
