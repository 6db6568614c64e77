package dev.slipway.mail;

import dev.slipway.api.mail.MailMessage;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the mail server. */
final class SmtpSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpSender.class);
  private static final int PERMANENT = 500;

  private final SmtpSettings settings;
  private final Session session;
  private final Transport transport;

  private SmtpSender(SmtpSettings settings, Session session, Transport transport) {
    this.settings = settings;
    this.session = session;
    this.transport = transport;
  }

  /** Work with a connection. */
  @FunctionalInterface
  interface Work {
    void with(SmtpSender sender) throws MessagingException;
  }

  /** Connects and signs in, does the work, and closes the connection. */
  static void connected(SmtpSettings settings, Work work) throws MessagingException {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    // The library looks its own parts up by the thread's loader, which may be a bundle's.
    thread.setContextClassLoader(Session.class.getClassLoader());
    try (var sender = connect(settings)) {
      work.with(sender);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static SmtpSender connect(SmtpSettings settings) throws MessagingException {
    var session = Session.getInstance(settings.properties());
    var sender = new SmtpSender(settings, session, session.getTransport("smtp"));
    sender.connect();
    return sender;
  }

  private void connect() throws MessagingException {
    transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
  }

  /** Sends a message; its id stays the same over attempts, so that repetitions can be told. */
  void send(UUID id, Instant at, MailMessage message) throws MessagingException {
    var recipient = new InternetAddress(message.recipient(), true);
    var mime = new Identified(session, "<" + id + "@" + domain() + ">");
    mime.setFrom(new InternetAddress(settings.from(), true));
    mime.setRecipient(Message.RecipientType.TO, recipient);
    mime.setSubject(message.subject(), "UTF-8");
    mime.setSentDate(Date.from(at));
    // Keeps holiday answers away.
    mime.setHeader("Auto-Submitted", "auto-generated");
    var text = new MimeBodyPart();
    text.setText(Layout.text(message), "UTF-8");
    var html = new MimeBodyPart();
    html.setText(Layout.html(message), "UTF-8", "html");
    mime.setContent(new MimeMultipart("alternative", text, html));
    mime.saveChanges();
    if (!transport.isConnected()) {
      // The server has had enough after the one before.
      connect();
    }
    transport.sendMessage(mime, new InternetAddress[] {recipient});
  }

  private String domain() {
    return settings.from().substring(settings.from().lastIndexOf('@') + 1);
  }

  /** Whether another attempt is of no use: the server has refused the message for good. */
  static boolean permanent(MessagingException failure) {
    for (Exception cause = failure; cause instanceof MessagingException refusal; ) {
      if (refusal instanceof SMTPAddressFailedException address) {
        return address.getReturnCode() >= PERMANENT;
      }
      if (refusal instanceof SMTPSendFailedException sending
          && sending.getNextException() == null) {
        return sending.getReturnCode() >= PERMANENT;
      }
      cause = refusal.getNextException();
    }
    return failure instanceof SendFailedException refused
        && refused.getInvalidAddresses() != null
        && refused.getInvalidAddresses().length > 0;
  }

  /** What was sent is sent, however the server takes leave. */
  @Override
  public void close() {
    try {
      transport.close();
    } catch (MessagingException rude) {
      LOG.debug("the mail server did not say good-bye", rude);
    }
  }

  /** A message whose id the library leaves alone. */
  private static final class Identified extends MimeMessage {
    private final String messageId;

    Identified(Session session, String messageId) {
      super(session);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
