using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Circulation;

/// <summary>Writes rows at once, so that what follows in the same unit of work reads them.</summary>
internal static class Rows
{
    /// <summary>A new row.</summary>
    public static void Add<T>(WriteScope scope, T row)
        where T : class => Save(scope, row, EntityState.Added);

    /// <summary>A row that changed.</summary>
    public static void Change<T>(WriteScope scope, T row)
        where T : class => Save(scope, row, EntityState.Modified);

    /// <summary>A row that goes.</summary>
    public static void Remove<T>(WriteScope scope, T row)
        where T : class => Save(scope, row, EntityState.Deleted);

    private static void Save<T>(WriteScope scope, T row, EntityState state)
        where T : class
    {
        scope.Db.Entry(row).State = state;
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
    }
}
