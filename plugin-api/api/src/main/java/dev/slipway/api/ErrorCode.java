package dev.slipway.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One way a feature can refuse, implemented by the feature's error enum. The code is stable and
 * machine-readable, such as {@code apps.app.slug-taken}; the message is one English sentence in
 * which {@code {0}}, {@code {1}} stand for the arguments.
 */
@ConsumerType
public interface ErrorCode {

  /** Stable code, {@code feature.noun.reason}. */
  String code();

  /** What sort of refusal it is. */
  ErrorKind kind();

  /** Message template for people. */
  String message();

  /** The exception to throw. */
  default PlatformException of(Object... args) {
    return new PlatformException(this, List.of(), null, args);
  }

  /** The exception to throw, naming the request field that caused it. */
  default PlatformException at(String field, Object... args) {
    var failure = new PlatformException(this, List.of(), null, args);
    return failure.withField(field, failure.getMessage());
  }
}
