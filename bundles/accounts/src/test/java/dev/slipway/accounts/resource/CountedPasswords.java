package dev.slipway.accounts.resource;

import dev.slipway.api.security.Passwords;
import java.util.concurrent.atomic.AtomicInteger;

/** The platform's hashing, and how often it has compared. */
final class CountedPasswords implements Passwords {
  final AtomicInteger verified = new AtomicInteger();
  private final Passwords passwords;

  CountedPasswords(Passwords passwords) {
    this.passwords = passwords;
  }

  @Override
  public String hash(String password) {
    return passwords.hash(password);
  }

  @Override
  public boolean verify(String password, String hash) {
    verified.incrementAndGet();
    return passwords.verify(password, hash);
  }

  @Override
  public void pretend(String password) {
    passwords.pretend(password);
  }
}
