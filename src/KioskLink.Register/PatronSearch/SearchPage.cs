using KioskLink.Register.Requests;

namespace KioskLink.Register.PatronSearch;

/// <summary>The size of a page of search results.</summary>
internal static class SearchPage
{
    /// <summary>Results on a page when nobody says.</summary>
    public const int Usual = 25;

    /// <summary>Results on a page at most.</summary>
    public const int Most = 100;

    /// <summary>The size asked for, within its limits.</summary>
    public static int Size(int asked) => asked == 0 ? Usual : Math.Min(Field.PageSize(asked), Most);
}
