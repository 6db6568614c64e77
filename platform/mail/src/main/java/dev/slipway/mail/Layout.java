package dev.slipway.mail;

import dev.slipway.api.mail.MailMessage;
import java.util.stream.Collectors;

/**
 * The one layout of all messages: a narrow white card, styles inline as mail programs want them.
 */
final class Layout {
  private static final String FOOTER =
      "You receive this message because of your account at this platform. It was sent"
          + " automatically; answers are not read.";
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>%1$s</title></head>
      <body style="margin:0;padding:0;background:#f3f5f8;">
      <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="background:#f3f5f8;">
      <tr><td align="center" style="padding:32px 16px;">
      <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #dfe4ea;border-radius:8px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c2733;">
      <tr><td style="padding:20px 32px;border-bottom:1px solid #dfe4ea;font-size:15px;font-weight:600;color:#0b5cad;">Slipway</td></tr>
      <tr><td style="padding:32px;">
      <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;">%2$s</h1>
      %3$s%4$s</td></tr>
      <tr><td style="padding:16px 32px;border-top:1px solid #dfe4ea;font-size:12px;line-height:1.5;color:#5b6b7c;">%5$s</td></tr>
      </table></td></tr></table></body></html>
      """;
  private static final String PARAGRAPH =
      "<p style=\"margin:0 0 16px;font-size:15px;line-height:1.55;\">%s</p>\n";
  private static final String BUTTON =
      """
      <p style="margin:24px 0;"><a href="%1$s" style="display:inline-block;padding:12px 24px;background:#0b5cad;border-radius:6px;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none;">%2$s</a></p>
      <p style="margin:0;font-size:13px;line-height:1.5;color:#5b6b7c;">If the button does not work, open this address:<br><a href="%1$s" style="color:#0b5cad;word-break:break-all;">%1$s</a></p>
      """;

  private Layout() {}

  /** The text part. */
  static String text(MailMessage message) {
    var text = new StringBuilder(message.heading()).append("\n\n");
    message.paragraphs().forEach(paragraph -> text.append(paragraph).append("\n\n"));
    var button = message.button();
    if (button != null) {
      text.append(button.label()).append(":\n").append(button.url().toASCIIString()).append("\n\n");
    }
    return text.append("-- \n").append(FOOTER).append('\n').toString();
  }

  /** The HTML part; whatever the message says is text there. */
  static String html(MailMessage message) {
    var paragraphs =
        message.paragraphs().stream()
            .map(paragraph -> PARAGRAPH.formatted(escaped(paragraph)))
            .collect(Collectors.joining());
    var button = message.button();
    var link =
        button == null
            ? ""
            : BUTTON.formatted(escaped(button.url().toASCIIString()), escaped(button.label()));
    return PAGE.formatted(
        escaped(message.subject()), escaped(message.heading()), paragraphs, link, FOOTER);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
