using System.Globalization;

namespace KioskLink.Register.Requests;

/// <summary>
/// Where a list that runs from the newest to the oldest goes on: after the row that was shown last, so that rows that come and go
/// meanwhile move no other onto two pages or none.
/// </summary>
/// <param name="Before">Rows made earlier follow.</param>
/// <param name="Id">Of those made in the same millisecond, rows with a greater id.</param>
internal readonly record struct PageCursor(long Before, string Id)
{
    /// <summary>Reads a page token; an empty one is the first page.</summary>
    public static PageCursor Read(string token)
    {
        var parts = token.Split('.');
        return token.Length == 0 ? new PageCursor(long.MaxValue, "")
            : parts.Length == 2 && parts[1].Length > 0 ? new PageCursor(Field.PageNumber(parts[0]), parts[1])
            : throw Field.WrongToken();
    }

    /// <summary>The token of the page that ends with a row.</summary>
    public static string Token(long createdAt, string id) => string.Create(CultureInfo.InvariantCulture, $"{createdAt}.{id}");
}
