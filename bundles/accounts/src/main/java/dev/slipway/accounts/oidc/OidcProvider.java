package dev.slipway.accounts.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.oidc.OidcFailure.Reason;
import dev.slipway.api.PlatformException;
import dev.slipway.api.net.Egress;
import dev.slipway.api.platform.IntegrationCalls;
import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The provider as we talk to it. Its metadata and keys are remembered for an hour. */
@Component(service = OidcProvider.class)
public final class OidcProvider {
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /** Keys change; but nobody makes us ask for them at will. */
  private static final Duration KEYS_AGAIN = Duration.ofMinutes(1);

  /** Signatures that only the provider can make: none at all and shared secrets are not. */
  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  private final @Nullable OidcSettings settings;
  private final GuardedHttp http;
  private volatile @Nullable Known known;
  private volatile @Nullable IntegrationCalls calls;

  /** Without settings every call is refused. */
  @Activate
  public OidcProvider(@Reference Egress egress, @Reference Platform platform) {
    settings = OidcSettings.of(platform).orElse(null);
    http = new GuardedHttp(egress, this::count);
  }

  /** Counts each call from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setCalls(IntegrationCalls counted) {
    calls = counted;
  }

  /** Calls are counted no longer, as the area that shows them is gone. */
  public void unsetCalls(IntegrationCalls counted) {
    if (calls == counted) {
      calls = null;
    }
  }

  private void count() {
    var counted = calls;
    if (counted != null) {
      counted.called(OidcIntegration.NAME);
    }
  }

  /** Whether the operator has named a provider. */
  boolean configured() {
    return settings != null;
  }

  /** Refuses with 501 where no provider is configured. */
  public void require() {
    settings();
  }

  private OidcSettings settings() {
    if (settings == null) {
      throw AccountsError.OIDC_NOT_CONFIGURED.of();
    }
    return settings;
  }

  private record Known(OIDCProviderMetadata metadata, JWKSet keys, Instant at) {}

  /** Asks for the provider's metadata and keys, however fresh those are that are known. */
  void look() throws IOException, ParseException {
    known(Duration.ZERO);
  }

  /** Where the browser goes. */
  public URI authorization(String state, String nonce, String verifier) throws OidcFailure {
    try {
      var scope = new Scope("openid", "email", "profile");
      return new AuthenticationRequest.Builder(
              new ResponseType("code"), scope, client(), settings().redirect())
          .endpointURI(known(REMEMBERED).metadata().getAuthorizationEndpointURI())
          .state(new State(state))
          .nonce(new Nonce(nonce))
          .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
          .build()
          .toURI();
    } catch (IOException | ParseException | PlatformException failure) {
      throw new OidcFailure(Reason.OAUTH_FAILED, failure);
    }
  }

  /** Exchanges the code; whom the ID token names has signed in there just now. */
  public OidcIdentity identity(String code, String nonce, String verifier) throws OidcFailure {
    var tokens = exchange(code, verifier);
    try {
      var claims = validated(tokens, new Nonce(nonce));
      var info = claims.getStringClaim("email") == null ? userInfo(tokens, claims) : null;
      var email = info == null ? claims.getStringClaim("email") : info.getEmailAddress();
      var verified =
          info == null ? claims.getBooleanClaim("email_verified") : info.getEmailVerified();
      var name = info == null ? claims.getStringClaim("name") : info.getName();
      return new OidcIdentity(
          settings().issuer(),
          claims.getSubject().getValue(),
          email,
          Boolean.TRUE.equals(verified),
          name);
    } catch (IOException
        | GeneralException
        | BadJOSEException
        | JOSEException
        | PlatformException failure) {
      throw new OidcFailure(Reason.OAUTH_USER_INFO_FAILED, failure);
    }
  }

  private OIDCTokens exchange(String code, String verifier) throws OidcFailure {
    try {
      var metadata = known(REMEMBERED).metadata();
      var grant =
          new AuthorizationCodeGrant(
              new AuthorizationCode(code), settings().redirect(), new CodeVerifier(verifier));
      var request =
          new TokenRequest.Builder(metadata.getTokenEndpointURI(), authentication(metadata), grant)
              .build();
      var answer = OIDCTokenResponseParser.parse(http.send(request.toHTTPRequest()));
      if (!answer.indicatesSuccess()) {
        throw new OidcFailure(
            Reason.OAUTH_EXCHANGE_FAILED,
            "the provider refused: " + answer.toErrorResponse().getErrorObject().getCode());
      }
      return ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) answer.toSuccessResponse())
          .getOIDCTokens();
    } catch (IOException | ParseException | PlatformException failure) {
      throw new OidcFailure(Reason.OAUTH_EXCHANGE_FAILED, failure);
    }
  }

  private IDTokenClaimsSet validated(OIDCTokens tokens, Nonce nonce)
      throws IOException, ParseException, BadJOSEException, JOSEException {
    try {
      return validator(known(REMEMBERED).keys()).validate(tokens.getIDToken(), nonce);
    } catch (BadJOSEException unknownKey) {
      return validator(known(KEYS_AGAIN).keys()).validate(tokens.getIDToken(), nonce);
    }
  }

  private IDTokenValidator validator(JWKSet keys) {
    return new IDTokenValidator(
        new Issuer(settings().issuer()),
        client(),
        new JWSVerificationKeySelector<>(SIGNATURES, new ImmutableJWKSet<>(keys)),
        null);
  }

  private UserInfo userInfo(OIDCTokens tokens, IDTokenClaimsSet claims)
      throws IOException, ParseException {
    var endpoint = known(REMEMBERED).metadata().getUserInfoEndpointURI();
    if (endpoint == null) {
      throw new IOException("the provider tells no address and has no user info");
    }
    var request = new UserInfoRequest(endpoint, tokens.getBearerAccessToken());
    var answer = UserInfoResponse.parse(http.send(request.toHTTPRequest()));
    if (!answer.indicatesSuccess()) {
      throw new IOException("the provider refused the user info");
    }
    var info = answer.toSuccessResponse().getUserInfo();
    if (info == null || !info.getSubject().equals(claims.getSubject())) {
      throw new IOException("the user info is of somebody else");
    }
    return info;
  }

  private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
    var secret = new Secret(settings().clientSecret());
    var methods = metadata.getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(client(), secret)
        : new ClientSecretPost(client(), secret);
  }

  private ClientID client() {
    return new ClientID(settings().clientId());
  }

  private Known known(Duration forLong) throws IOException, ParseException {
    var present = known;
    if (present != null && present.at().plus(forLong).isAfter(Instant.now())) {
      return present;
    }
    var address = settings().issuer().replaceAll("/+$", "") + "/.well-known/openid-configuration";
    var metadata = OIDCProviderMetadata.parse(http.get(URI.create(address)));
    if (!metadata.getIssuer().getValue().equals(settings().issuer())) {
      throw new IOException("the metadata are of another issuer");
    }
    try {
      var keys = JWKSet.parse(http.get(metadata.getJWKSetURI()));
      var fresh = new Known(metadata, keys, Instant.now());
      known = fresh;
      return fresh;
    } catch (java.text.ParseException malformed) {
      throw new IOException("the keys of the provider can not be read", malformed);
    }
  }
}
