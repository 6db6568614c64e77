package dev.slipway.security.secret;

import dev.slipway.api.spi.Job;
import dev.slipway.security.key.KeyRows;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps data keys under the newest master key, so that an older one can be taken out of the file.
 * No secret is touched.
 */
@Component
public final class DataKeyRewrap implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(DataKeyRewrap.class);
  private static final int BATCH = 200;
  private static final UUID FIRST = new UUID(0, 0);

  private final KeyRows rows;
  private final MasterKeys masters;

  /** Made by the component runtime. */
  @Activate
  public DataKeyRewrap(@Reference KeyRows rows, @Reference MasterKeys masters) {
    this.rows = rows;
    this.masters = masters;
  }

  @Override
  public String name() {
    return "security.data-key-rewrap";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run() {
    masters.reread();
    var newest = masters.newest();
    var stuck = new TreeSet<String>();
    var done = 0;
    var batch = after(FIRST, newest);
    while (!batch.isEmpty()) {
      for (var row : batch) {
        try {
          done += rewrap(row, newest);
        } catch (GeneralSecurityException broken) {
          LOG.error("data key {} can not be wrapped anew: {}", row.id(), broken.getMessage());
          stuck.add(row.masterKeyId());
        }
      }
      batch = after(batch.getLast().id(), newest);
    }
    if (done > 0) {
      LOG.info("{} data keys are now wrapped by master key {}", done, newest.id());
    }
    if (!stuck.isEmpty()) {
      throw new IllegalStateException("data keys remain under the master keys " + stuck);
    }
  }

  private List<DataKeys.Row> after(UUID last, MasterKey newest) {
    return rows.run(on -> batch(on, last, newest.id()));
  }

  private static List<DataKeys.Row> batch(Connection on, UUID last, String newest)
      throws SQLException {
    try (var query =
        on.prepareStatement(
            DataKeys.SELECT + "master_key_id <> ? and id > ? order by id limit " + BATCH)) {
      query.setString(1, newest);
      query.setObject(2, last);
      var found = new ArrayList<DataKeys.Row>();
      var result = query.executeQuery();
      while (result.next()) {
        found.add(DataKeys.Row.of(result));
      }
      return found;
    }
  }

  private int rewrap(DataKeys.Row row, MasterKey newest) throws GeneralSecurityException {
    var old =
        masters
            .find(row.masterKeyId())
            .orElseThrow(() -> new GeneralSecurityException("its master key is not in the file"));
    var wrapped = DataKey.rewrap(row.id(), row.tenantId(), row.wrapped(), old, newest);
    return rows.run(
        on -> {
          // The old id in the condition: a rival node that was faster is not undone.
          try (var update =
              on.prepareStatement(
                  "update security_data_key set wrapped = ?, master_key_id = ?"
                      + " where id = ? and master_key_id = ?")) {
            update.setBytes(1, wrapped);
            update.setString(2, newest.id());
            update.setObject(3, row.id());
            update.setString(4, row.masterKeyId());
            return update.executeUpdate();
          }
        });
  }
}
