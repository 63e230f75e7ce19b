using System.Security.Cryptography;
using System.Text;
using KioskLink.Node.Hosting;
using KioskLink.Node.Pages;
using KioskLink.Node.RegisterLink;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KioskLink.Node.StaffSignIn;

/// <summary>Where staff signs in and out, and chooses a language.</summary>
internal sealed class SignInEndpoints(SignInDesk desk, StaffGate gate, NodeParts parts)
{
    private const string Stale = "form.stale";

    /// <summary>Adds the addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet(StaffGate.SignIn, (HttpContext context) => Page(context, "", ""));
        app.MapPost(StaffGate.SignIn, SignInAsync);
        app.MapForm("/sign-out", (context, _) =>
        {
            gate.Dismiss(context);
            return Task.FromResult(StaffGate.SignIn);
        });
        app.MapForm("/language", (context, form) =>
        {
            PageWords.Choose(context, form["language"].ToString());
            return Task.FromResult(StaffForms.Local(form["back"]));
        });
    }

    private async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return Page(context, Stale, "");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, code) = (form["user_name"].ToString().Trim(), form["totp_code"].ToString().Replace(" ", "", StringComparison.Ordinal));
        var password = Encoding.UTF8.GetBytes(form["password"].ToString());
        try
        {
            var result = await desk.SignInAsync(name, password, code, $"{context.Connection.RemoteIpAddress}");
            if (result.Session is not { } session)
                return Page(context, $"signIn.{result.Outcome}", name);
            Welcome(context, session);
            return Results.Redirect(StaffForms.Local(context.Request.Query["back"]) is var back and not "/" ? back : StaffGate.FirstOf(session));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private void Welcome(HttpContext context, StaffSession session)
    {
        if (!session.WithRegister)
            session.Leave(PageWords.Of(context.Request)["session.offline"]);
        gate.Admit(context, session);
    }

    private RazorComponentResult<SignInPage> Page(HttpContext context, string problem, string name)
    {
        var visit = StaffVisit.Of(context, parts.Config.Node);
        return new RazorComponentResult<SignInPage>(new
        {
            Visit = visit,
            Problem = problem.Length == 0 ? "" : visit.Words[problem],
            Name = name,
            Action = $"{context.Request.Path}{context.Request.QueryString}",
            IsOffline = parts.Link.State == LinkState.Offline,
        })
        {
            StatusCode = problem.Length == 0 ? StatusCodes.Status200OK : problem == Stale ? StatusCodes.Status400BadRequest : StatusCodes.Status401Unauthorized,
        };
    }
}
