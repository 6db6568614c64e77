package dev.slipway.store;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.util.function.Supplier;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The {@link Database} of one bundle; whoever asks for it gets one of its own, its changelog run
 * first.
 */
@Component(service = Database.class, scope = ServiceScope.BUNDLE)
public final class BundleDatabase implements Database {
  private final Database database;

  @Activate
  public BundleDatabase(ComponentContext context, @Reference StoreBundle store) {
    database = store.database(context.getUsingBundle());
  }

  @Override
  public <M> M mapper(Class<M> type) {
    return database.mapper(type);
  }

  @Override
  public <T> T read(Scope scope, Supplier<T> work) {
    return database.read(scope, work);
  }

  @Override
  public <T> T write(Scope scope, Supplier<T> work) {
    return database.write(scope, work);
  }

  @Override
  public void afterCommit(Runnable action) {
    database.afterCommit(action);
  }
}
