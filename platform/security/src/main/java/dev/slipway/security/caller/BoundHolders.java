package dev.slipway.security.caller;

import dev.slipway.api.spi.BoundCredentials;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The credentials that are bound to one object, as the features know them. Nothing is remembered:
 * such a credential is used a few times in an hour, and must be worth nothing the moment that it is
 * revoked or has expired.
 */
@Component(service = BoundHolders.class)
public final class BoundHolders {
  private static final Pattern PREFIX = Pattern.compile("[a-z]{3}_");
  private static final String API_KEYS = "lsk_";

  private final List<BoundCredentials> kinds = new CopyOnWriteArrayList<>();

  /** A kind whose prefix is not one, or is that of API keys, is never asked. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindKind(BoundCredentials arrived) {
    if (PREFIX.matcher(arrived.prefix()).matches() && !arrived.prefix().equals(API_KEYS)) {
      kinds.add(arrived);
    }
  }

  public void unbindKind(BoundCredentials left) {
    kinds.remove(left);
  }

  /** Whether a credential is of one of these kinds. */
  boolean knows(String credential) {
    return kinds.stream().anyMatch(kind -> credential.startsWith(kind.prefix()));
  }

  /** Who holds it; empty where it is worth nothing. */
  Optional<BoundCredentials.Holder> find(String credential, String sha256) {
    return kinds.stream()
        .filter(kind -> credential.startsWith(kind.prefix()))
        .findFirst()
        .flatMap(kind -> kind.find(sha256));
  }
}
