using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Tests.Store;

/// <summary>The pooled connections of all tests that run at once.</summary>
internal static class SqlitePools
{
    private static readonly Lock OneAtATime = new();

    /// <summary>
    /// Closes them, and returns only when this test's are closed: another test may be about to close them, and a file of theirs would
    /// appear in a folder that is being deleted.
    /// </summary>
    public static void Close()
    {
        lock (OneAtATime)
        {
            SqliteConnection.ClearAllPools();
        }
    }
}
