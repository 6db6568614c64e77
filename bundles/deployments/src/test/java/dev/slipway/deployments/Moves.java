package dev.slipway.deployments;

import dev.slipway.testkit.Postgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Every change of a deployment's status, written down by the database; those that the test names
 * are refused there, with all else of their transaction, as where the process dies just before it
 * commits.
 */
final class Moves {
  private static final String ANY = "*";

  private final TestDeployments test;

  Moves(TestDeployments test) {
    this.test = test;
    execute(
        """
        create table moves (n bigserial, id uuid, app_id uuid, was text, became text);
        create table deaths (app_id uuid, was text, became text);
        create function moved() returns trigger language plpgsql security definer as $$
        begin
          if exists (select from deaths d where d.app_id = new.app_id and d.was = old.status
              and d.became in ('*', new.status)) then
            raise exception 'the process dies before % becomes %', old.status, new.status;
          end if;
          insert into moves (id, app_id, was, became)
            values (new.id, new.app_id, old.status, new.status);
          return new;
        end $$;
        create trigger moved before update of status on deployments_deployment
          for each row when (old.status is distinct from new.status) execute function moved()
        """);
  }

  /** From now on the process dies of this step of this app's deployments. */
  void deadly(UUID app, DeploymentStatus from, DeploymentStatus to) {
    deadly(app, from, text(to));
  }

  /** From now on the process dies of any step that leads on from there. */
  void deadlyFrom(UUID app, DeploymentStatus from) {
    deadly(app, from, ANY);
  }

  private void deadly(UUID app, DeploymentStatus from, String to) {
    execute("insert into deaths values ('%s', '%s', '%s')".formatted(app, text(from), to));
  }

  /** Nothing is deadly any more. */
  void harmless(UUID app) {
    execute("delete from deaths where app_id = '" + app + "'");
  }

  /** How often a deployment took a step. */
  long count(UUID id, DeploymentStatus from, DeploymentStatus to) {
    return all(id).stream().filter((text(from) + " " + text(to))::equals).count();
  }

  /** The steps of a deployment, in order. */
  List<String> all(UUID id) {
    var found = new ArrayList<String>();
    try (var owner = Postgres.owner(test.platform.store());
        var read =
            owner.prepareStatement("select was, became from moves where id = ? order by n")) {
      read.setObject(1, id);
      var rows = read.executeQuery();
      while (rows.next()) {
        found.add(rows.getString(1) + " " + rows.getString(2));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return found;
  }

  static String text(DeploymentStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private void execute(String statement) {
    try (var owner = Postgres.owner(test.platform.store());
        var change = owner.createStatement()) {
      change.execute(statement);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
