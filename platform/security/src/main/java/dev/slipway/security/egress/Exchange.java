package dev.slipway.security.egress;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request over one connection to addresses that were checked. Closing it from another thread
 * ends it at once.
 */
final class Exchange implements Closeable {
  private static final int MAX_TRIES = 4;

  private final Target target;
  private final SSLSocketFactory tls;
  private final long deadline;
  private final Object guard = new Object();
  private @Nullable Socket socket;
  private boolean closed;
  private volatile @Nullable SSLSession session;

  Exchange(Target target, SSLSocketFactory tls, long deadlineNanos) {
    this.target = target;
    this.tls = tls;
    this.deadline = deadlineNanos;
  }

  ResponseReader.Answer run(List<InetAddress> addresses, byte[] request, boolean head)
      throws IOException {
    var connection = connect(addresses);
    if (target.tls()) {
      connection = secured(connection);
    }
    connection.getOutputStream().write(request);
    connection.getOutputStream().flush();
    return new ResponseReader(connection.getInputStream(), head).read();
  }

  /** The TLS session; null over plain HTTP. */
  @Nullable SSLSession session() {
    return session;
  }

  @Override
  public void close() throws IOException {
    Socket open;
    synchronized (guard) {
      closed = true;
      open = socket;
    }
    if (open != null) {
      open.close();
    }
  }

  private Socket connect(List<InetAddress> addresses) throws IOException {
    var tries = addresses.subList(0, Math.min(MAX_TRIES, addresses.size()));
    IOException failure = new IOException("no address to connect to");
    for (var i = 0; i < tries.size(); i++) {
      var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new HttpConnectTimeoutException("the host can not be reached in time");
      }
      // No proxy and no SOCKS by system property: the connection goes to this address or nowhere.
      var attempt = adopt(new Socket(Proxy.NO_PROXY));
      try {
        attempt.setTcpNoDelay(true);
        attempt.connect(
            new InetSocketAddress(tries.get(i), target.port()),
            (int) Math.max(1, left / (tries.size() - i)));
        return attempt;
      } catch (IOException refused) {
        failure = refused;
        attempt.close();
      }
    }
    throw failure;
  }

  /** The certificate must be one for the name of the URL, which is also what SNI says. */
  private Socket secured(Socket plain) throws IOException {
    var secure = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true);
    var parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    if (!target.isLiteral()) {
      parameters.setServerNames(List.of(new SNIHostName(target.host())));
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    session = secure.getSession();
    return secure;
  }

  /** Always the plain socket: closing a TLS one would wait for its reader and writer. */
  private Socket adopt(Socket opened) throws IOException {
    synchronized (guard) {
      if (!closed) {
        socket = opened;
        return opened;
      }
    }
    opened.close();
    throw new IOException("closed");
  }
}
