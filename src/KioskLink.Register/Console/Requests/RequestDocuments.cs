using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Sessions;
using Microsoft.AspNetCore.Antiforgery;

namespace KioskLink.Register.Console.Requests;

/// <summary>Hands out the documents of a request as files: what is held of a person, and the certificate of a refusal.</summary>
internal static class RequestDocuments
{
    /// <summary>Maps them. Handing out closes the request, so that it takes a form with its token.</summary>
    public static void Map(WebApplication console)
    {
        Post(console, "/requests/{id:long}/export", ExportAsync);
        Post(console, "/requests/{id:long}/certificate", CertifyAsync);
    }

    private static void Post(WebApplication console, string path, Func<Visit, long, string, Task<IResult>> hand) =>
        console.MapPost(path, async (long id, HttpContext context, Visit visit, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            try
            {
                return await hand(visit, id, form["form"].ToString());
            }
            catch (RpcException refused)
            {
                visit.Session?.Leave(ProblemWords.In(visit.Words, ApiProblem.Of(refused)).Text);
                return Results.Redirect($"/requests/{id}");
            }
        });

    private static async Task<IResult> ExportAsync(Visit visit, long id, string form)
    {
        var answer = await visit.Api.Subjects.ExportSubjectAsync(new ExportSubjectRequest { RequestId = id, Language = LanguageOf(visit) });
        return form == "json"
            ? Results.File(answer.DocumentJson.ToByteArray(), "application/json", $"request-{id}.json")
            : Results.File(answer.DocumentHtml.ToByteArray(), "text/html; charset=utf-8", $"request-{id}.html");
    }

    private static async Task<IResult> CertifyAsync(Visit visit, long id, string form)
    {
        var answer = await visit.Api.Subjects.GetCertificateAsync(new GetCertificateRequest { RequestId = id, Language = LanguageOf(visit) });
        return Results.File(answer.DocumentHtml.ToByteArray(), "text/html; charset=utf-8", $"certificate-{id}.html");
    }

    private static Language LanguageOf(Visit visit) => visit.Words.Language switch
    {
        "sv" => Language.Sv,
        "en" => Language.En,
        _ => Language.Fi,
    };
}
