package dev.slipway.security.password;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.security.Passwords;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * argon2id with 19 MiB, two passes and one lane. As many run at a time as there are cores (four at
 * most, that is 76 MiB); the others wait in turn, and who would wait too long is sent away.
 */
@Component
public final class ArgonPasswords implements Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int WEAK_KIB = 64;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int MAX_WAITING = 64;
  private static final int MAX_AT_A_TIME = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /**
   * Hashes made with other parameters verify too, as long as they cost no more than four times as
   * much.
   */
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,5}),t=[1-8],p=[1-4]"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

  private static final int MAX_MEMORY_KIB = 4 * MEMORY_KIB;

  private final Argon2Function argon;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore turns;
  private final Duration patience;

  /** Made by the component runtime. */
  @Activate
  public ArgonPasswords() {
    this(Math.min(MAX_AT_A_TIME, Runtime.getRuntime().availableProcessors()), LONGEST_WAIT);
  }

  ArgonPasswords(int atATime, Duration patience) {
    this(MEMORY_KIB, PASSES, atATime, patience);
  }

  private ArgonPasswords(int memoryKib, int passes, int atATime, Duration patience) {
    argon = Argon2Function.getInstance(memoryKib, passes, LANES, HASH_BYTES, Argon2.ID);
    turns = new Semaphore(atATime, true);
    this.patience = patience;
  }

  /** For tests of others alone: its hashes are of the same form, and guessed in no time. */
  public static ArgonPasswords weak() {
    return new ArgonPasswords(WEAK_KIB, 1, MAX_AT_A_TIME, LONGEST_WAIT);
  }

  @Override
  public String hash(String password) {
    return inTurn(() -> argon.hash(bytes(password), salt()).getResult());
  }

  @Override
  public boolean verify(String password, String hash) {
    var form = PHC.matcher(hash);
    if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException("the stored password hash is malformed");
    }
    return inTurn(() -> Argon2Function.getInstanceFromHash(hash).check(password, hash));
  }

  @Override
  public void pretend(String password) {
    inTurn(() -> argon.hash(bytes(password), salt()).getBytes());
  }

  private <T> T inTurn(Supplier<T> work) {
    if (turns.getQueueLength() >= MAX_WAITING) {
      throw busy();
    }
    try {
      if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private byte[] salt() {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private static byte[] bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }

  private static PlatformException busy() {
    return CommonError.UNAVAILABLE.of("Sign-in").retryAfter(Duration.ofSeconds(3));
  }
}
