package dev.slipway.security.mask;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which first six characters occur among the forms at all, as two bits per hash (2 MiB). Lets a
 * text without secrets be scanned quickly per character. May say yes wrongly, never no.
 */
final class PrefixFilter {
  private static final int BITS = 24;
  private static final int FIRST = 0x9E3779B9;
  private static final int SECOND = 0x85EBCA6B;
  private static final int PRIME = 0x01000193;
  private static final int DROP = power(Forms.SHORTEST);

  private final AtomicLongArray words = new AtomicLongArray(1 << (BITS - 6));

  void add(String form) {
    var hash = hash(form, 0);
    set(bit(hash, FIRST));
    set(bit(hash, SECOND));
  }

  boolean mayStart(int hash) {
    return isSet(bit(hash, FIRST)) && isSet(bit(hash, SECOND));
  }

  /** The hash of the six characters at a position. */
  static int hash(CharSequence text, int from) {
    var hash = 0;
    for (var i = from; i < from + Forms.SHORTEST; i++) {
      hash = hash * PRIME + text.charAt(i);
    }
    return hash;
  }

  /** The hash one position further. */
  static int roll(int hash, char leaving, char entering) {
    return hash * PRIME + entering - leaving * DROP;
  }

  private void set(int bit) {
    words.accumulateAndGet(bit >>> 6, 1L << bit, (old, one) -> old | one);
  }

  private boolean isSet(int bit) {
    return (words.get(bit >>> 6) & 1L << bit) != 0;
  }

  private static int bit(int hash, int spread) {
    return (hash * spread) >>> (32 - BITS);
  }

  private static int power(int exponent) {
    var power = 1;
    for (var i = 0; i < exponent; i++) {
      power *= PRIME;
    }
    return power;
  }
}
