package dev.slipway.security.caller;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.security.BasicAuthentication;
import dev.slipway.security.Authenticator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code Authorization: Basic} with what else comes as a bearer token in place of the password. */
@Component
public final class PasswordAuthenticator implements BasicAuthentication {
  private static final String SCHEME = "Basic ";
  private static final int MAX_HEADER = 12_000;
  private static final Pattern ID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private final Authenticator authenticator;

  /** Made by the component runtime. */
  @Activate
  public PasswordAuthenticator(@Reference Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public Caller authenticate(
      Caller request, @Nullable String authorization, @Nullable UUID object) {
    var pair = pair(authorization);
    var colon = pair.indexOf(':');
    if (colon < 0) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    var user = pair.substring(0, colon);
    var caller =
        authenticator.authenticate(
            "Bearer " + pair.substring(colon + 1),
            ID.matcher(user).matches() ? user : null,
            request.requestId(),
            request.remoteAddress(),
            object);
    var operation = CurrentOperation.get();
    var name = operation == null ? null : operation.name();
    if (operation != null && name != null) {
      operation.identify(name, caller, operation.auditDue());
    }
    return caller;
  }

  private static String pair(@Nullable String authorization) {
    if (authorization == null
        || authorization.length() > MAX_HEADER
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    try {
      var bytes = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noBase64) {
      throw CommonError.UNAUTHENTICATED.of();
    }
  }
}
