using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>Fills the index at start: every entity under the newest version that the change log names for it.</summary>
internal static class IndexLoader
{
    /// <summary>Reads everything once.</summary>
    public static void Load(RegisterDb db, string consortium, FactsReader facts, EntitlementIndex index)
    {
        var versions = Versions(db, consortium);
        foreach (var entry in facts.ReadAll(db))
        {
            var (version, time) = versions.GetValueOrDefault(entry.Entity);
            index.Apply(entry.Entity, entry with { Version = version, CommitTime = Instant.FromUnixTimeMilliseconds(time) });
        }
    }

    private static Dictionary<EntityId, (long Version, long Time)> Versions(RegisterDb db, string consortium)
    {
        using var command = db.Connection.CreateCommand();
        command.CommandText = "SELECT kind, entity_id, MAX(version), commit_time FROM change_log WHERE consortium = $consortium GROUP BY kind, entity_id";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("$consortium", consortium);
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        var versions = new Dictionary<EntityId, (long, long)>();
        while (reader.Read())
        {
            versions[new EntityId((EntityKind)reader.GetInt32(0), reader.GetString(1))] = (reader.GetInt64(2), reader.GetInt64(3));
        }

        return versions;
    }
}
