package dev.slipway.security.caller;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.security.Principal;
import dev.slipway.security.Authenticator;
import dev.slipway.security.token.SignedTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code Authorization: Bearer} with an access token, an API key or a bound credential. */
@Component
public final class BearerAuthenticator implements Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final String KEY_PREFIX = "lsk_";

  /** 32 random bytes in base64url. */
  private static final Pattern API_KEY = Pattern.compile("lsk_[A-Za-z0-9_-]{43}");

  private static final int MAX_HEADER = 8_300;

  private final Function<String, SignedTokens.Session> verifyAccess;
  private final RememberedPrincipals principals;
  private final BoundHolders bound;

  /** Made by the component runtime. */
  @Activate
  public BearerAuthenticator(
      @Reference SignedTokens tokens,
      @Reference RememberedPrincipals principals,
      @Reference BoundHolders bound) {
    this(tokens::verifyAccess, principals, bound);
  }

  BearerAuthenticator(
      Function<String, SignedTokens.Session> verifyAccess,
      RememberedPrincipals principals,
      BoundHolders bound) {
    this.verifyAccess = verifyAccess;
    this.principals = principals;
    this.bound = bound;
  }

  @Override
  public Caller authenticate(
      @Nullable String authorization,
      @Nullable String tenantHeader,
      String requestId,
      String remoteAddress) {
    return authenticate(authorization, tenantHeader, requestId, remoteAddress, null);
  }

  @Override
  public Caller authenticate(
      @Nullable String authorization,
      @Nullable String tenantHeader,
      String requestId,
      String remoteAddress,
      @Nullable UUID object) {
    if (authorization == null) {
      return Caller.anonymous(requestId, remoteAddress);
    }
    var credential = credential(authorization);
    if (bound.knows(credential)) {
      return holder(credential, tenant(tenantHeader), object, requestId, remoteAddress);
    }
    var key = key(credential, tenantHeader);
    var principal = principals.find(key).orElseThrow(() -> CommonError.UNAUTHENTICATED.of());
    if (key.tenantId() != null && principal.membership() == null) {
      throw CommonError.FORBIDDEN.of("no seat in this tenant");
    }
    var chosen = key.tenantId() != null || principal.apiKeyId() != null;
    var seat = chosen ? principal.membership() : null;
    return caller(key, principal, seat, requestId, remoteAddress);
  }

  @Override
  public Caller operator(@Nullable String authorization, String requestId, String remoteAddress) {
    if (authorization == null) {
      return Caller.anonymous(requestId, remoteAddress);
    }
    var credential = credential(authorization);
    if (bound.knows(credential)) {
      return holder(credential, null, null, requestId, remoteAddress);
    }
    var key = key(credential, null);
    var principal = principals.find(key).orElseThrow(() -> CommonError.UNAUTHENTICATED.of());
    var seat = principal.membership();
    var root = seat != null && seat.root() ? seat : null;
    return caller(key, principal, root, requestId, remoteAddress);
  }

  @Override
  public Caller again(Caller before, @Nullable String authorization) {
    if (before.boundTo() != null && authorization != null) {
      return holder(
          credential(authorization),
          before.tenantId(),
          before.boundTo(),
          before.requestId(),
          before.remoteAddress());
    }
    var key = key(before, authorization);
    if (key == null) {
      return before;
    }
    var principal = principals.find(key).orElseThrow(() -> CommonError.UNAUTHENTICATED.of());
    var seat = before.membership() == null ? null : principal.membership();
    if (before.membership() != null && seat == null) {
      throw CommonError.FORBIDDEN.of("no seat in this tenant");
    }
    return caller(key, principal, seat, before.requestId(), before.remoteAddress());
  }

  /** The key that a caller was found by; null for one who came without a credential. */
  private static @Nullable CredentialKey key(Caller caller, @Nullable String authorization) {
    var tenantId = caller.membership() == null ? null : caller.tenantId();
    if (caller.sessionId() != null && caller.userId() != null) {
      return new CredentialKey.OfUser(caller.userId(), caller.sessionId(), tenantId);
    }
    return caller.apiKeyId() == null || authorization == null
        ? null
        : new CredentialKey.OfApiKey(sha256(credential(authorization)), tenantId);
  }

  /** Closed unless the operation is about the very object that the credential is bound to. */
  private Caller holder(
      String credential,
      @Nullable UUID tenantId,
      @Nullable UUID object,
      String requestId,
      String remoteAddress) {
    var holder =
        bound
            .find(credential, sha256(credential))
            .orElseThrow(() -> CommonError.UNAUTHENTICATED.of());
    var seat =
        principals
            .seat(holder.madeBy(), holder.tenantId())
            .orElseThrow(() -> CommonError.UNAUTHENTICATED.of());
    if (tenantId != null && !tenantId.equals(holder.tenantId())) {
      throw CommonError.FORBIDDEN.of("no seat in this tenant");
    }
    if (object == null) {
      throw CommonError.CREDENTIAL_BOUND.of("the operation is not open to it");
    }
    if (!object.equals(holder.objectId())) {
      throw CommonError.CREDENTIAL_BOUND.of("it is bound to another object");
    }
    return new Caller(
        null,
        holder.id(),
        null,
        holder.name(),
        new Membership(holder.tenantId(), Role.USER, seat.root()),
        requestId,
        remoteAddress,
        holder.madeBy(),
        holder.objectId());
  }

  private static Caller caller(
      CredentialKey key,
      Principal principal,
      @Nullable Membership seat,
      String requestId,
      String remoteAddress) {
    return new Caller(
        principal.userId(),
        principal.apiKeyId(),
        key instanceof CredentialKey.OfUser user ? user.sessionId() : null,
        principal.name(),
        seat,
        requestId,
        remoteAddress,
        principal.onBehalfOf());
  }

  private CredentialKey key(String credential, @Nullable String tenantHeader) {
    if (credential.startsWith(KEY_PREFIX)) {
      if (!API_KEY.matcher(credential).matches()) {
        throw CommonError.UNAUTHENTICATED.of();
      }
      return new CredentialKey.OfApiKey(sha256(credential), tenant(tenantHeader));
    }
    var session = verifyAccess.apply(credential);
    return new CredentialKey.OfUser(session.userId(), session.sessionId(), tenant(tenantHeader));
  }

  private static String credential(String authorization) {
    var bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (authorization.length() > MAX_HEADER || !bearer) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    var credential = authorization.substring(SCHEME.length()).strip();
    if (!fits(credential)) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    return credential;
  }

  private static boolean fits(String credential) {
    for (var i = 0; i < credential.length(); i++) {
      if (!fits(credential.charAt(i))) {
        return false;
      }
    }
    return !credential.isEmpty();
  }

  /** The characters of RFC 6750's token68. */
  private static boolean fits(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-._~+/=".indexOf(c) >= 0;
  }

  private static @Nullable UUID tenant(@Nullable String header) {
    return header == null ? null : Ids.parse("X-Tenant-ID", header.strip());
  }

  private static String sha256(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }
}
