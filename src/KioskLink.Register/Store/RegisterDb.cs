using System.ComponentModel.DataAnnotations.Schema;
using System.Data.Common;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Store;

/// <summary>
/// The register's tables: every class of this assembly that carries <see cref="TableAttribute"/>. Names are snake case as
/// in the migrations. Not thread-safe; one per unit of work.
/// </summary>
internal sealed class RegisterDb(DbContextOptions<RegisterDb> options) : DbContext(options)
{
    /// <summary>The open connection, for statements that are written in SQL.</summary>
    public DbConnection Connection => Database.GetDbConnection();

    /// <summary>The tables on an open connection that is the caller's to close.</summary>
    public static RegisterDb On(DbConnection connection) => new(Options(builder => builder.UseSqlite(connection)));

    /// <summary>What every context shares beside its connection.</summary>
    public static DbContextOptions<RegisterDb> Options(Action<DbContextOptionsBuilder<RegisterDb>> connect)
    {
        var builder = new DbContextOptionsBuilder<RegisterDb>();
        connect(builder);
        return builder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var row in typeof(RegisterDb).Assembly.GetTypes().Where(type => type.GetCustomAttribute<TableAttribute>() is not null))
        {
            foreach (var property in modelBuilder.Entity(row).Metadata.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}
