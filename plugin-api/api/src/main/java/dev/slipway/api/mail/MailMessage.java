package dev.slipway.api.mail;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A message as its sender means it; the platform makes a text and an HTML part of it and escapes
 * all of it, so that names of people and tenants may stand anywhere. Texts are cut, never refused,
 * where they are too long; control characters become spaces.
 *
 * @param recipient the bare address, at most 254 characters without space or control characters
 * @param subject one line, at most 200 characters
 * @param heading at the top, at most 200 characters
 * @param paragraphs at most 20, each at most 2000 characters
 * @param button what the reader shall do; null where there is nothing to do
 */
@ProviderType
public record MailMessage(
    String recipient,
    String subject,
    String heading,
    List<String> paragraphs,
    @Nullable Button button) {

  private static final int MAX_ADDRESS = 254;
  private static final int MAX_LINE = 200;
  private static final int MAX_PARAGRAPH = 2000;
  private static final int MAX_PARAGRAPHS = 20;

  /** Checks the recipient and cleans the texts. */
  public MailMessage {
    if (recipient.length() > MAX_ADDRESS
        || !recipient.matches("[^\\s\\p{Cc}<>,;\"]+@[^\\s\\p{Cc}<>,;\"@]+")) {
      throw new IllegalArgumentException("the recipient is no bare e-mail address");
    }
    subject = line(subject, MAX_LINE);
    heading = line(heading, MAX_LINE);
    paragraphs =
        paragraphs.stream().limit(MAX_PARAGRAPHS).map(text -> line(text, MAX_PARAGRAPH)).toList();
  }

  /** A message without a button. */
  public MailMessage(String recipient, String subject, String heading, List<String> paragraphs) {
    this(recipient, subject, heading, paragraphs, null);
  }

  /** The same message with something to do. */
  public MailMessage withButton(String label, URI url) {
    return new MailMessage(recipient, subject, heading, paragraphs, new Button(label, url));
  }

  /**
   * A link that looks like a button.
   *
   * @param label at most 200 characters
   * @param url absolute, {@code http} or {@code https}; may carry a token
   */
  public record Button(String label, URI url) {
    /** Checks the link and cleans the label. */
    public Button {
      label = line(label, MAX_LINE);
      if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        throw new IllegalArgumentException("a button leads to an http or https URL");
      }
    }

    /** Without the link: it may be a credential. */
    @Override
    public String toString() {
      return "Button[" + label + "]";
    }
  }

  /** One line of text: no character that ends a line or turns the direction of what follows. */
  private static String line(String text, int most) {
    var clean =
        text.replaceAll("[\\p{Cc}\\x{2028}\\x{2029}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+", " ")
            .strip();
    return clean.codePointCount(0, clean.length()) <= most
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, most - 1)) + "\u2026";
  }
}
