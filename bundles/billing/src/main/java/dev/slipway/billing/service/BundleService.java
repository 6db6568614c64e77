package dev.slipway.billing.service;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.CreditBundle;
import dev.slipway.billing.store.BundleStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Credit bundles for their operators. */
@Component(service = BundleService.class)
public final class BundleService {
  private static final Scope SCOPE = Scope.platform("bundles are the same for all tenants");
  private static final int MOST = 200;

  private final Database database;
  private final BundleStore bundles;

  /** Made by the component runtime. */
  @Activate
  public BundleService(@Reference Database database) {
    this.database = database;
    bundles = new BundleStore(database);
  }

  /** All bundles. */
  public List<CreditBundle> list() {
    return database.read(SCOPE, bundles::all);
  }

  /** Adds a bundle. */
  public CreditBundle create(BundleDraft draft) {
    draft.check();
    return database.write(
        SCOPE,
        () -> {
          if (bundles.countHeld() >= MOST) {
            throw BillingError.TOO_MANY_BUNDLES.of(MOST);
          }
          var now = Times.now();
          var added = bundle(draft, Ids.next(), 1, now, now);
          CurrentOperation.detail("after", added);
          return unique(() -> bundles.insert(added));
        });
  }

  /** Edits a bundle; sessions that are open sell it as it was. */
  public CreditBundle update(UUID id, BundleDraft draft) {
    draft.check();
    return database.write(
        SCOPE,
        () -> {
          var found = bundles.lock(id).orElseThrow(BillingError.BUNDLE_NOT_FOUND::of);
          var edited = bundle(draft, id, found.version(), found.createdAt(), Times.now());
          CurrentOperation.detail("before", found);
          CurrentOperation.detail("after", edited);
          return unique(() -> bundles.update(edited));
        });
  }

  /** Removes a bundle; what was bought of it stays in the ledger. */
  public void delete(UUID id) {
    database.run(
        SCOPE,
        () -> {
          CurrentOperation.detail(
              "before", bundles.lock(id).orElseThrow(BillingError.BUNDLE_NOT_FOUND::of));
          bundles.delete(id);
        });
  }

  private static CreditBundle bundle(
      BundleDraft draft, UUID id, int version, Instant created, Instant updated) {
    return new CreditBundle(
        id,
        version,
        draft.name(),
        draft.credits(),
        draft.priceCents(),
        draft.isActive(),
        draft.sortOrder(),
        created,
        updated);
  }

  private static CreditBundle unique(Supplier<CreditBundle> write) {
    try {
      return write.get();
    } catch (ConstraintViolation violation) {
      throw violation.constraint().equals("billing_bundle_name")
          ? BillingError.BUNDLE_NAME_TAKEN.at("name")
          : violation;
    }
  }
}
