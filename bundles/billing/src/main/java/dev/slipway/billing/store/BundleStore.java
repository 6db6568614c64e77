package dev.slipway.billing.store;

import dev.slipway.billing.CreditBundle;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The credit bundles. */
public final class BundleStore {
  private final BundleMapper bundles;

  public BundleStore(Database database) {
    bundles = database.mapper(BundleMapper.class);
  }

  /** By sort order. */
  public List<CreditBundle> all() {
    return bundles.all();
  }

  /** Those that can be bought, by sort order. */
  public List<CreditBundle> active() {
    return bundles.active();
  }

  /** How many there are; none is added until the unit of work ends. */
  public int countHeld() {
    return bundles.countHeld();
  }

  public Optional<CreditBundle> find(UUID id) {
    return Optional.ofNullable(bundles.find(id));
  }

  /** The bundle, which nobody else can change until the unit of work ends. */
  public Optional<CreditBundle> lock(UUID id) {
    return Optional.ofNullable(bundles.lock(id));
  }

  public CreditBundle insert(CreditBundle bundle) {
    bundles.insert(bundle);
    return bundle;
  }

  /** Writes a bundle that was locked in this unit of work, and returns it with its new version. */
  public CreditBundle update(CreditBundle bundle) {
    if (bundles.update(bundle) != 1) {
      throw new IllegalStateException(
          "bundle " + bundle.id() + " was written without being locked");
    }
    return bundles.find(bundle.id());
  }

  /** Removes a bundle; false where there was none. */
  public boolean delete(UUID id) {
    return bundles.delete(id) == 1;
  }
}
