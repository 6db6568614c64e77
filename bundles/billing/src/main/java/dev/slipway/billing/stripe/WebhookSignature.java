package dev.slipway.billing.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.slipway.billing.BillingError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Whether a webhook comes from Stripe, by the bytes as they came. */
public final class WebhookSignature {
  /** How old a signature may be, in seconds. */
  public static final long TOLERANCE = Webhook.DEFAULT_TOLERANCE;

  private WebhookSignature() {}

  /** The body as text; refuses with 400 where the signature does not fit it or is too old. */
  public static String verified(
      byte[] body, @Nullable String signature, String secret, Clock clock) {
    if (signature == null) {
      throw BillingError.BAD_SIGNATURE.at("Stripe-Signature");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      Webhook.Signature.verifyHeader(text, signature, secret, TOLERANCE, clock);
      return text;
    } catch (SignatureVerificationException
        | CharacterCodingException
        | NumberFormatException
        | IndexOutOfBoundsException forged) {
      // Stripe's library takes for granted that the header has its form, and fails on any other.
      throw BillingError.BAD_SIGNATURE.at("Stripe-Signature");
    }
  }
}
