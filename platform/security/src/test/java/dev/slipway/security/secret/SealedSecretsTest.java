package dev.slipway.security.secret;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SealedSecretsTest {
  private static final String PLACE = "apps_env_var/1/value";

  private final UUID tenant = Ids.next();
  private final Map<String, DataKey> byOwner = new HashMap<>();
  private final Map<UUID, DataKey> byId = new HashMap<>();
  private final SealedSecrets secrets =
      new SealedSecrets(this::key, id -> Optional.ofNullable(byId.get(id)));

  /** Refusals are logged, and here are hundreds. */
  @BeforeAll
  static void quiet() {
    ((Logger) LoggerFactory.getLogger(SealedSecrets.class)).setLevel(Level.OFF);
  }

  @Test
  void opensWhatItSealed() {
    for (var value : new String[] {"", "x", "pässwört\n\u0000🔑", "a".repeat(100_000)}) {
      var sealed = secrets.seal(tenant, PLACE, value);
      assertThat(sealed).matches("s1\\.[0-9a-f-]{36}\\.[A-Za-z0-9_-]+");
      assertThat(secrets.open(tenant, PLACE, sealed)).isEqualTo(value);
    }
    var ours = secrets.seal(null, PLACE, "of the platform");
    assertThat(secrets.open(null, PLACE, ours)).isEqualTo("of the platform");
  }

  @Test
  void sealsTheSameValueDifferentlyEachTime() {
    assertThat(secrets.seal(tenant, PLACE, "x")).isNotEqualTo(secrets.seal(tenant, PLACE, "x"));
  }

  @Test
  void opensNowhereElse() {
    var sealed = secrets.seal(tenant, PLACE, "value");
    refused(tenant, "apps_env_var/2/value", sealed);
    refused(tenant, "", sealed);
    refused(Ids.next(), PLACE, sealed);
    refused(null, PLACE, sealed);
    refused(tenant, PLACE, secrets.seal(null, PLACE, "value"));
  }

  @Test
  void aKeyUnderAnotherTenantsNameDoesNotOpen() {
    var sealed = secrets.seal(tenant, PLACE, "value");
    var key = key(tenant);
    var thief = Ids.next();
    byId.put(key.id(), new DataKey(key.id(), thief, key.aead()));
    refused(thief, PLACE, sealed);
  }

  @Test
  void noticesEveryChangedByte() {
    var sealed = secrets.seal(tenant, PLACE, "value");
    var head = sealed.substring(0, sealed.lastIndexOf('.') + 1);
    var bytes = Base64.getUrlDecoder().decode(sealed.substring(head.length()));
    for (var i = 0; i < bytes.length; i++) {
      var forged = bytes.clone();
      forged[i] ^= 1;
      refused(tenant, PLACE, head + Base64.getUrlEncoder().withoutPadding().encodeToString(forged));
    }
    for (var length = 0; length < bytes.length; length++) {
      var cut = Arrays.copyOf(bytes, length);
      refused(tenant, PLACE, head + Base64.getUrlEncoder().withoutPadding().encodeToString(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s1",
        "s1.",
        "s1..",
        "s1.x.y",
        "plain text",
        "s2.0190aaaa-0000-7000-8000-000000000000.AAAA",
        "s1.0190aaaa-0000-7000-8000-000000000000.AAAA",
        "s1.0190aaaa-0000-7000-8000-000000000000.!"
      })
  void refusesOtherText(String sealed) {
    refused(tenant, PLACE, sealed);
  }

  @Test
  void masksWhatItProtects() {
    secrets.protect("hunter2-hunter2");
    assertThat(secrets.mask("password=hunter2-hunter2")).isEqualTo("password=***");
  }

  private void refused(@Nullable UUID owner, String place, String sealed) {
    var refusal = assertRefused(CommonError.INTERNAL, () -> secrets.open(owner, place, sealed));
    assertThat(refusal).hasMessage(CommonError.INTERNAL.message()).hasNoCause();
    assertThat(refusal.fields()).isEmpty();
  }

  private DataKey key(@Nullable UUID owner) {
    return byOwner.computeIfAbsent(
        DataKey.owner(owner),
        name -> {
          try {
            var key = new DataKey(Ids.next(), owner, new AesGcmJce(random()));
            byId.put(key.id(), key);
            return key;
          } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
  }

  private static byte[] random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
