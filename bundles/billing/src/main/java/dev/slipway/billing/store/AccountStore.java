package dev.slipway.billing.store;

import dev.slipway.api.Ids;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Billing accounts, the movements of their credits and the revenue they bring. */
public final class AccountStore {
  private final AccountMapper accounts;

  public AccountStore(Database database) {
    accounts = database.mapper(AccountMapper.class);
  }

  public Optional<Account> find(UUID tenantId) {
    return Optional.ofNullable(accounts.find(tenantId));
  }

  public List<Account> findAll(Collection<UUID> tenantIds) {
    return accounts.findAll(tenantIds.toArray(UUID[]::new));
  }

  /** The account, made where there is none, which nobody else can change meanwhile. */
  public Account lock(UUID tenantId, Instant now) {
    var found = accounts.lock(tenantId);
    if (found != null) {
      return found;
    }
    accounts.insertIfAbsent(Account.fresh(tenantId, now));
    return accounts.lock(tenantId);
  }

  /** The account as far as there still is one, which nobody else can change meanwhile. */
  public Optional<Account> lockKnown(UUID tenantId) {
    return Optional.ofNullable(accounts.lock(tenantId));
  }

  /** The account of a Stripe customer, which nobody else can change meanwhile. */
  public Optional<Account> lockByCustomer(String customer) {
    return Optional.ofNullable(accounts.lockByCustomer(customer));
  }

  /** Writes an account that was locked in this unit of work, and returns it as it is then. */
  public Account update(Account account) {
    if (accounts.update(account) != 1) {
      throw new IllegalStateException(
          "account " + account.id() + " was written without being locked");
    }
    return accounts.find(account.id());
  }

  /**
   * Notes that credits came or went.
   *
   * @param reference what for
   * @return false, and nothing is noted, where that was noted already
   */
  public boolean move(
      UUID tenantId, CreditPool pool, long amount, long balance, String reference, Instant at) {
    return accounts.move(Ids.next(), tenantId, pool, amount, balance, reference, at) == 1;
  }

  /** How many credits came or went under that reference; 0 where none did. */
  public long moved(UUID tenantId, String reference) {
    return Objects.requireNonNullElse(accounts.moved(tenantId, reference), 0L);
  }

  /** Some accounts whose next cycle has begun, locked; those that others work on are left out. */
  public List<Account> dueForCredits(Instant now, int limit) {
    return accounts.dueForCredits(now, limit);
  }

  /** The tenant's recurring revenue is this from now on; 0 ends it. */
  public void recurring(UUID tenantId, UUID planId, long annualCents, Instant at) {
    accounts.endRecurring(tenantId, at);
    if (annualCents > 0) {
      accounts.startRecurring(Ids.next(), tenantId, planId, annualCents, at);
    }
  }

  /** Notes that an account is to be closed. */
  public void leave(UUID tenantId, Instant at) {
    accounts.leave(tenantId, at);
  }

  /** Some tenants whose account is to be closed, those that wait longest first. */
  public List<UUID> leaving(int limit) {
    return accounts.leaving(limit);
  }

  /** Removes an account; what was noted of its credits stays. */
  public void delete(UUID tenantId) {
    accounts.delete(tenantId);
    accounts.left(tenantId);
  }

  /** The database's clock, the same for all nodes. */
  public Instant clock() {
    return accounts.now();
  }
}
