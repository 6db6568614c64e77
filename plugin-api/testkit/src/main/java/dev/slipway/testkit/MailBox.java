package dev.slipway.testkit;

import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ProviderType;

/** A mail server in this JVM that takes whatever comes, and what it has taken. */
@ProviderType
public final class MailBox implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("(?m)^(https?://\\S+)$");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final GreenMail server;

  private MailBox(GreenMail server) {
    this.server = server;
  }

  /** Starts one on a free port, without TLS. */
  public static MailBox start() {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return new MailBox(server);
  }

  /** For {@code slipway.smtp.url}. */
  public String url() {
    return "smtp://127.0.0.1:" + server.getSmtp().getPort() + "?tls=none";
  }

  /** Lets this user sign in. */
  public void user(String name, String password) {
    try {
      server.getUserManager().createUser(name, name, password);
    } catch (UserException taken) {
      throw new IllegalStateException(taken);
    }
  }

  /** All mail to an address, the oldest first. */
  public List<Received> to(String address) {
    var found = new ArrayList<Received>();
    for (var message : server.getReceivedMessages()) {
      var received = read(message);
      if (received.recipient().equalsIgnoreCase(address)) {
        found.add(received);
      }
    }
    return found;
  }

  /** Waits until an address has so many mails, and returns the newest. */
  public Received await(String address, int count) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var mails = to(address);
      if (mails.size() >= count) {
        return mails.get(count - 1);
      }
      server.waitForIncomingEmail(50, server.getReceivedMessages().length + 1);
    }
    throw new AssertionError(
        "no mail number " + count + " to " + address + ", but " + to(address).size());
  }

  /** Waits for the first mail to an address. */
  public Received await(String address) {
    return await(address, 1);
  }

  @Override
  public void close() {
    server.stop();
  }

  /**
   * A mail as it came.
   *
   * @param headers all header lines
   */
  public record Received(
      String recipient, String subject, String text, String html, List<String> headers) {

    /** The link that stands on a line of its own in the text part. */
    public URI link() {
      var found = LINK.matcher(text.replace("\r\n", "\n"));
      if (!found.find()) {
        throw new AssertionError("no link in: " + text);
      }
      return URI.create(found.group(1));
    }

    /** A parameter of the link. */
    public String parameter(String name) {
      return Arrays.stream(String.valueOf(link().getQuery()).split("&"))
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> pair.substring(name.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + link()));
    }
  }

  private static Received read(MimeMessage message) {
    try {
      var parts = (MimeMultipart) message.getContent();
      var headers = new ArrayList<String>();
      message.getAllHeaderLines().asIterator().forEachRemaining(headers::add);
      return new Received(
          message.getAllRecipients()[0].toString(),
          message.getSubject(),
          (String) parts.getBodyPart(0).getContent(),
          (String) parts.getBodyPart(1).getContent(),
          headers);
    } catch (MessagingException failure) {
      throw new IllegalStateException(failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
