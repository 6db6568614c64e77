package dev.slipway.security.password;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.security.Passwords;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
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
          "\\$argon2id\\$v=19\\$m=(\\d{1,5}),t=([1-8]),p=([1-4])"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private static final int MAX_MEMORY_KIB = 4 * MEMORY_KIB;

  private final SecureRandom random = new SecureRandom();
  private final int memoryKib;
  private final int passes;
  private final int atATime;
  private final Semaphore turns;
  private final Duration patience;

  /** The memory of hashes, kept for the next ones: as garbage it costs more than it hashes. */
  private volatile SoftReference<FixedBlockPool> memory = new SoftReference<>(null);

  /** Made by the component runtime. */
  @Activate
  public ArgonPasswords() {
    this(Math.min(MAX_AT_A_TIME, Runtime.getRuntime().availableProcessors()), LONGEST_WAIT);
  }

  ArgonPasswords(int atATime, Duration patience) {
    this(MEMORY_KIB, PASSES, atATime, patience);
  }

  private ArgonPasswords(int memoryKib, int passes, int atATime, Duration patience) {
    this.memoryKib = memoryKib;
    this.passes = passes;
    this.atATime = atATime;
    this.patience = patience;
    turns = new Semaphore(atATime, true);
  }

  /** For tests of others alone: its hashes are of the same form, and guessed in no time. */
  public static ArgonPasswords weak() {
    return new ArgonPasswords(WEAK_KIB, 1, MAX_AT_A_TIME, LONGEST_WAIT);
  }

  @Override
  public String hash(String password) {
    var salt = salt();
    var hash = own(password, salt);
    var text = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(memoryKib, passes, LANES, text.encodeToString(salt), text.encodeToString(hash));
  }

  @Override
  public boolean verify(String password, String hash) {
    var form = PHC.matcher(hash);
    if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException("the stored password hash is malformed");
    }
    var made =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(Integer.parseInt(form.group(1)))
            .withIterations(Integer.parseInt(form.group(2)))
            .withParallelism(Integer.parseInt(form.group(3)))
            .withSalt(Base64.getDecoder().decode(form.group(4)));
    var expected = Base64.getDecoder().decode(form.group(5));
    return MessageDigest.isEqual(expected, argon(password, made, expected.length));
  }

  @Override
  public void pretend(String password) {
    own(password, salt());
  }

  private byte[] own(String password, byte[] salt) {
    var parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(LANES)
            .withSalt(salt);
    return argon(password, parameters, HASH_BYTES);
  }

  private byte[] argon(String password, Argon2Parameters.Builder parameters, int length) {
    var text = password.getBytes(StandardCharsets.UTF_8);
    return inTurn(
        () -> {
          var generator = new Argon2BytesGenerator();
          generator.init(
              parameters
                  .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                  .withBlockPool(memory())
                  .build());
          var hash = new byte[length];
          generator.generateBytes(text, hash);
          return hash;
        });
  }

  private FixedBlockPool memory() {
    var kept = memory.get();
    if (kept == null) {
      kept = new FixedBlockPool(atATime * Argon2BytesGenerator.getBlockCount(memoryKib, LANES));
      memory = new SoftReference<>(kept);
    }
    return kept;
  }

  private byte[] inTurn(Supplier<byte[]> work) {
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

  private static PlatformException busy() {
    return CommonError.UNAVAILABLE.of("Sign-in").retryAfter(Duration.ofSeconds(3));
  }
}
