package dev.slipway.api.spi;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A configuration variable that a bundle reads, registered as a service. The platform keeps it as a
 * system variable: operators edit its value and cannot remove it.
 */
@ConsumerType
public interface ConfigVariable {
  /** Unique on the platform, {@code feature.what}; 1..200 characters. */
  String name();

  /** What sort of value it takes. */
  default Type type() {
    return Type.STRING;
  }

  /** Its value until an operator sets another; must fit the type. */
  String initial();

  /** What it is for, in a sentence. */
  String description();

  /** The values of an {@link Type#ENUM}; empty for the other types. */
  default List<String> options() {
    return List.of();
  }

  /** Sorts of values. */
  enum Type {
    STRING,
    NUMERIC,
    /** One of the options. */
    ENUM,
    /** Text with placeholders such as {@code {{name}}}. */
    TEMPLATE
  }
}
