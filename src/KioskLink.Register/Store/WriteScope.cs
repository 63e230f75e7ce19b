using System.Data.Common;
using KioskLink.Register.Facts;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;

namespace KioskLink.Register.Store;

/// <summary>What one unit of work may use while it has the write lane. Not thread-safe; not to be kept.</summary>
/// <param name="db">The tables, inside the transaction.</param>
/// <param name="consortium">The consortium of every row.</param>
/// <param name="now">The time of the commit.</param>
internal sealed class WriteScope(RegisterDb db, string consortium, Instant now)
{
    private readonly Dictionary<EntityId, bool> _touched = [];

    /// <summary>The tables, inside the transaction.</summary>
    public RegisterDb Db => db;

    /// <summary>The consortium of every row.</summary>
    public string Consortium => consortium;

    /// <summary>The time of the commit.</summary>
    public Instant Now => now;

    /// <summary>The time of the commit as rows keep it.</summary>
    public long NowMs { get; } = now.ToUnixTimeMilliseconds();

    /// <summary>The entities whose door facts change with this work, and whether the change goes ahead of bulk.</summary>
    public IReadOnlyDictionary<EntityId, bool> Touched => _touched;

    /// <summary>What is written with the unit; null where nothing is.</summary>
    public UnitCompanion? Companion { private get; init; }

    /// <summary>Says whose data the unit changes, and of which class, for what is written with it.</summary>
    public void About(IEnumerable<long> patrons, string fields) => Companion?.About(patrons, fields);

    /// <summary>A statement in SQL inside the transaction; the caller disposes it.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = db.Connection.CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Says that an entity's door facts change: the lane writes them whole into the change log before it commits.</summary>
    public void Touch(EntityId entity, bool priority = false) =>
        _touched[entity] = priority || (_touched.TryGetValue(entity, out var before) && before);
}
