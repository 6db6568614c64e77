import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What clients send, one after the other. */
interface Requests {
  byte[] next();

  /** How many go over one connection. */
  default int perConnection() {
    return Integer.MAX_VALUE;
  }

  /** Where the next connection comes from. */
  default InetAddress source() throws IOException {
    return InetAddress.getLoopbackAddress();
  }

  /**
   * A kind by its name: {@code get} with the lines of its head, {@code login} with the password of
   * all users of {@code many.sql}, {@code stripe} with the secret that signs its events.
   */
  static Requests of(String kind, URI url, String... more) {
    return switch (kind) {
      case "get" -> new Same(request("GET", url, "", more));
      case "login" -> new Logins(url, more[0]);
      case "stripe" -> new Events(url, more[0]);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static byte[] request(String method, URI url, String body, String... headers) {
    var head = new StringBuilder(method + " " + url.getRawPath());
    head.append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    head.append(" HTTP/1.1\r\nHost: ").append(url.getRawAuthority()).append("\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      head.append("Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n");
    }
    return (head + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One request over and over. */
  record Same(byte[] next) implements Requests {}

  /** One user after the other, as few from one address as one address may log in. */
  record Logins(URI url, String password, AtomicInteger users, AtomicInteger addresses)
      implements Requests {
    private static final int USERS = 50_000;
    private static final int PER_ADDRESS = 9;

    Logins(URI url, String password) {
      // Other addresses than those of the process before.
      var first = (int) ProcessHandle.current().pid() << 8;
      this(url, password, new AtomicInteger(), new AtomicInteger(first));
    }

    @Override
    public byte[] next() {
      var user = "user" + (users.getAndIncrement() % USERS + 1) + "@example.com";
      var body = "{\"email\":\"" + user + "\",\"password\":\"" + password + "\"}";
      return request("POST", url, body);
    }

    @Override
    public int perConnection() {
      return PER_ADDRESS;
    }

    @Override
    public InetAddress source() throws IOException {
      // All of 127.0.0.0/8 is this machine.
      var number = addresses.getAndIncrement();
      return InetAddress.getByAddress(
          new byte[] {127, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
  }

  /** Events that nobody has sent before, signed as Stripe signs. */
  record Events(URI url, String secret, AtomicInteger count) implements Requests {
    Events(URI url, String secret) {
      this(url, secret, new AtomicInteger());
    }

    @Override
    public byte[] next() {
      var id = "evt_" + ProcessHandle.current().pid() + "_" + count.getAndIncrement();
      var object = "{\"id\":\"sub_" + id + "\",\"object\":\"subscription\"}";
      var body =
          "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"customer.subscription.updated\",\"data\":{\"object\":%s}}"
              .formatted(id, object);
      return request("POST", url, body, "Stripe-Signature: " + signature(body));
    }

    private String signature(String body) {
      try {
        var seconds = System.currentTimeMillis() / 1000;
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException(missing);
      }
    }
  }
}
