package dev.slipway.agent.monitor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** One GET whose status is all that matters: no redirects, no proxy, the body unread. */
public final class HttpProbe {
  private HttpProbe() {}

  /** The status; an {@link IOException} says why there is none. */
  public static int status(URI target, Duration limit) throws IOException {
    var open = target.toURL().openConnection(Proxy.NO_PROXY);
    if (!(open instanceof HttpURLConnection connection)) {
      throw new IOException("not an http or https URL");
    }
    try {
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout((int) limit.toMillis());
      connection.setReadTimeout((int) limit.toMillis());
      connection.setRequestProperty("User-Agent", "slipway-agent");
      connection.setRequestProperty("Connection", "close");
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("the answer is not HTTP");
      }
      return status;
    } finally {
      connection.disconnect();
    }
  }
}
