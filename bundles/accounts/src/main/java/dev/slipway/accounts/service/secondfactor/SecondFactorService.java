package dev.slipway.accounts.service.secondfactor;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.service.Guesses;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.store.secondfactor.SecondFactorRow;
import dev.slipway.accounts.store.secondfactor.SecondFactorStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The authenticator app of a user: begun, confirmed by a code, then asked for at sign-in. */
@Component(service = SecondFactorService.class)
public final class SecondFactorService {
  private static final Scope SCOPE = Scope.platform("second factors belong to users");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CODES = 10;
  private static final int CODE_LENGTH = 16;

  /** Without letters and digits that look alike; 31^16 codes need no slow hash. */
  private static final String CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Database db;
  private final SecondFactorStore factors;
  private final Secrets secrets;
  private final UserStore users;
  private final Guesses guesses;

  @Activate
  public SecondFactorService(
      @Reference Database db,
      @Reference SecondFactorStore factors,
      @Reference Secrets secrets,
      @Reference UserStore users,
      @Reference Guesses guesses) {
    this.db = db;
    this.factors = factors;
    this.secrets = secrets;
    this.users = users;
    this.guesses = guesses;
  }

  /**
   * What an authenticator app needs.
   *
   * @param secret in Base32, to be typed
   * @param uri to be shown as a QR code
   */
  public record Enrolment(String secret, String uri) {
    @Override
    public String toString() {
      return "Enrolment[…]";
    }
  }

  /** Whether one is in use, and how many recovery codes are left. */
  public record Status(boolean enabled, int recoveryCodesLeft) {}

  public Status status(Caller caller) {
    var userId = caller.requireUser();
    return db.read(
        SCOPE,
        () ->
            factors
                .find(userId)
                .filter(SecondFactorRow::confirmed)
                .map(factor -> new Status(true, factors.codesLeft(userId)))
                .orElseGet(() -> new Status(false, 0)));
  }

  /** Begins; nothing is asked for until a code confirms it. Begun again, the secret is another. */
  public Enrolment begin(Caller caller) {
    var userId = caller.requireUser();
    var secret = Totp.newSecret();
    var sealed = secrets.seal(null, place(userId), secret);
    db.run(
        SCOPE,
        () -> {
          factors
              .lock(userId)
              .filter(SecondFactorRow::confirmed)
              .ifPresent(
                  used -> {
                    throw AccountsError.SECOND_FACTOR_EXISTS.of();
                  });
          factors.replace(new SecondFactorRow(userId, sealed, false, 0, Times.now()));
        });
    var account = URLEncoder.encode(caller.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return new Enrolment(
        secret, "otpauth://totp/Slipway:" + account + "?secret=" + secret + "&issuer=Slipway");
  }

  /** Confirms by a code of the app; from then on sign-in asks for one. Shown once: the codes. */
  public List<String> confirm(Caller caller, String code) {
    var userId = caller.requireUser();
    var codes = Stream.generate(SecondFactorService::newCode).limit(CODES).toList();
    guarded(userId, () -> confirm(userId, plain(code), codes));
    return codes;
  }

  private void confirm(UUID userId, String code, List<String> codes) {
    var factor = factors.lock(userId).orElseThrow(AccountsError.SECOND_FACTOR_MISSING::of);
    if (factor.confirmed()) {
      throw AccountsError.SECOND_FACTOR_EXISTS.of();
    }
    if (!takeApp(factor, code, Instant.now())) {
      throw AccountsError.SECOND_FACTOR_WRONG.of();
    }
    factors.confirm(userId, codes.stream().map(this::hash).toList());
  }

  /** Ends it; a code of the app or a recovery code is needed once more. */
  public void remove(Caller caller, String code) {
    var userId = caller.requireUser();
    guarded(userId, () -> remove(userId, code));
  }

  private void guarded(UUID userId, Runnable change) {
    var user =
        db.read(SCOPE, () -> users.find(userId)).orElseThrow(CommonError.UNAUTHENTICATED::of);
    guesses.guarded(
        user.emailKey(), AccountsError.SECOND_FACTOR_WRONG, () -> db.run(SCOPE, change));
  }

  private void remove(UUID userId, String code) {
    var factor =
        factors
            .lock(userId)
            .filter(SecondFactorRow::confirmed)
            .orElseThrow(AccountsError.SECOND_FACTOR_MISSING::of);
    if (!take(factor, code, Instant.now())) {
      throw AccountsError.SECOND_FACTOR_WRONG.of();
    }
    factors.delete(userId);
  }

  /** Whether sign-in has to ask; in a unit of work. */
  public boolean asked(UUID userId) {
    return factors.find(userId).filter(SecondFactorRow::confirmed).isPresent();
  }

  /**
   * Lets a sign-in go on: where the user has an app, for a code that was not used yet; in a unit of
   * work.
   */
  public void require(UUID userId, @Nullable String code, Instant now) {
    var factor = factors.lock(userId).filter(SecondFactorRow::confirmed).orElse(null);
    if (factor == null) {
      return;
    }
    if (code == null) {
      throw AccountsError.SECOND_FACTOR_REQUIRED.of();
    }
    if (!take(factor, code, now)) {
      throw AccountsError.SECOND_FACTOR_WRONG.of();
    }
  }

  private boolean take(SecondFactorRow factor, String code, Instant now) {
    var plain = plain(code);
    return plain.length() == CODE_LENGTH
        ? factors.useCode(factor.id(), hash(plain))
        : takeApp(factor, plain, now);
  }

  private boolean takeApp(SecondFactorRow factor, String code, Instant now) {
    var secret = secrets.open(null, place(factor.id()), factor.secret());
    var step = Totp.match(secret, code, now);
    return step.isPresent() && factors.take(factor.id(), step.getAsLong());
  }

  /** As people type it: with spaces, hyphens and capitals. */
  private static String plain(String code) {
    return code.replaceAll("[\\s-]+", "").toLowerCase(Locale.ROOT);
  }

  private String hash(String code) {
    return SecretToken.hash("recovery " + plain(code));
  }

  private static String newCode() {
    var code = new StringBuilder();
    for (var i = 0; i < CODE_LENGTH; i++) {
      code.append(i > 0 && i % 4 == 0 ? "-" : "")
          .append(CODE_CHARACTERS.charAt(RANDOM.nextInt(CODE_CHARACTERS.length())));
    }
    return code.toString();
  }

  private static String place(UUID userId) {
    return "accounts_second_factor/" + userId + "/secret";
  }
}
