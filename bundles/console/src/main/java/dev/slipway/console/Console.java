package dev.slipway.console;

import org.osgi.annotation.versioning.ProviderType;

/** The frame around every page. */
@ProviderType
public interface Console {
  /**
   * A whole page: head, navigation, sign-in, and the body, which is shown to those who are signed
   * in. A page is the same for all who ask for it; what it shows of a tenant are parts that the
   * browser asks for with the user's token.
   */
  String page(Frame frame);
}
