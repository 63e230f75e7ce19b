using KioskLink.Node.StaffSignIn;
using Microsoft.AspNetCore.Antiforgery;

namespace KioskLink.Node.Pages;

/// <summary>What the frame of a staff page shows: whose it is, in which language, and the token that its forms carry.</summary>
/// <param name="Words">The language.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Path">The page's own address.</param>
/// <param name="FormField">Name of the hidden field.</param>
/// <param name="FormToken">Its value.</param>
public sealed record StaffVisit(PageWords Words, string NodeId, string Path, string FormField, string FormToken)
{
    private const string Key = "staff";

    /// <summary>Who is signed in; null for nobody.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the technician's page is for this person.</summary>
    public bool IsTechnician { get; init; }

    /// <summary>Whether the desk's page is for this person.</summary>
    public bool IsLibrarian { get; init; }

    /// <summary>A sentence that the last act left; null for none.</summary>
    public string? Notice { get; init; }

    /// <summary>Keeps the session for the request.</summary>
    internal static void Begin(HttpContext context, StaffSession? session) => context.Items[Key] = session;

    /// <summary>The session of a request; null for nobody.</summary>
    internal static StaffSession? SessionOf(HttpContext context) => context.Items[Key] as StaffSession;

    /// <summary>The visit of a request; takes the notice.</summary>
    internal static StaffVisit Of(HttpContext context, string nodeId)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var session = SessionOf(context);
        return new StaffVisit(PageWords.Of(context.Request), nodeId, context.Request.Path, tokens.FormFieldName, tokens.RequestToken!)
        {
            Name = session?.Name,
            IsTechnician = session?.IsTechnician == true,
            IsLibrarian = session?.IsLibrarian == true,
            Notice = session?.Take(),
        };
    }

    /// <summary>Without a token.</summary>
    public override string ToString() => $"visit of {Path}";
}
