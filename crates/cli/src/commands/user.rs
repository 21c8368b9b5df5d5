//! `duban user`: accounts, for the operator.

use std::io::{self, BufRead, IsTerminal};

use clap::{Args, Subcommand, builder::PossibleValuesParser};
use duban_app::{
    App,
    identity::{NewAccount, NewGrant},
};
use duban_domain::access::{Reach, Role};
use duban_gateway::http::client::Language;
use zeroize::Zeroizing;

use crate::{
    config::Config,
    console::{Console, Exit, Failure, Outcome},
    installation::Context,
    language::words,
    wording,
};

/// Longest line that is read as a password, in bytes.
const LINE_LIMIT: u64 = 4096;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    Create(UserCreateArgs),
    Password(UserPasswordArgs),
    Link(UserLinkArgs),
    Disable(UserDisableArgs),
    Enable(UserEnableArgs),
    ResetFactor(UserResetFactorArgs),
    Unlink(UserUnlinkArgs),
}

/// Make an account with its roles
///
/// Asks for the password twice, without echo, or reads it with --password-stdin; it must have 12 to
/// 128 characters and not be made of the login or of common words. With --link nobody but its owner
/// ever knows it: a one-time link is printed, good for 24 hours, by which the owner sets it.
///
/// The first account of an installation: duban user create NAME --admin makes a system
/// administrator and prints the link. One person cannot be two of system administrator, security
/// administrator and auditor.
///
/// Exit codes: 0 made; 1 refused, nothing was stored; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserCreateArgs {
    /// What is typed to sign in: 2 to 64 letters, digits, '-', '_', '.'
    login: String,
    /// How others see the account
    #[arg(long)]
    name: String,
    /// Code of its department, such as HNAST, XXB or 410100
    #[arg(long, value_name = "CODE")]
    department: String,
    /// What it may do; may be given several times
    #[arg(long, required_unless_present = "admin", ignore_case = true, value_parser = names(Role::ALL, Role::name))]
    role: Vec<String>,
    /// How far the roles reach: the department alone, or everything below as well
    #[arg(long, ignore_case = true, default_value = Reach::Itself.name(), value_parser = names(Reach::ALL, Reach::name))]
    reach: String,
    /// Make a system administrator over everything below, and print a one-time link
    #[arg(long, conflicts_with_all = ["role", "reach", "password_stdin"])]
    admin: bool,
    /// Print a one-time link instead of asking for the password
    #[arg(long, conflicts_with = "password_stdin")]
    link: bool,
    #[command(flatten)]
    password: PasswordArgs,
}

/// Print a one-time link by which the owner sets a new password
///
/// The link is good for 24 hours and for one use; those made before are good for nothing any more.
///
/// Exit codes: 0 made; 1 there is no such account; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserLinkArgs {
    /// The account
    login: String,
}

/// Set a new password
///
/// Whoever is signed in with the account has to sign in again.
///
/// Exit codes: 0 set; 1 refused, nothing was changed; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserPasswordArgs {
    /// The account
    login: String,
    #[command(flatten)]
    password: PasswordArgs,
}

/// Take the right to sign in away
///
/// Whoever is signed in with the account is out within a second.
///
/// Exit codes: 0 taken away; 1 there is no such account; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserDisableArgs {
    /// The account
    login: String,
}

/// Give the right to sign in back
///
/// Exit codes: 0 given back; 1 there is no such account; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserEnableArgs {
    /// The account
    login: String,
}

/// Take the second factor away, for somebody who lost it
///
/// The owner signs in by the password alone then, or sets a new one up where the account must have
/// one. Whoever is signed in with the account is out within a second. In daily work the security
/// administrator does this in the web client; the command is for the day on which nobody can.
///
/// Exit codes: 0 taken away; 1 there is no such account, or it has none; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserResetFactorArgs {
    /// The account
    login: String,
}

/// Forget whose account it is at the organisation's own sign-in
///
/// The next person whom the provider names by this login takes the account: for somebody who has a new
/// identity there, or where the login went to somebody else. Whoever is signed in with the account is
/// out within a second.
///
/// Exit codes: 0 forgotten; 1 there is no such account, or it was nobody's; 64 the command line is wrong.
#[derive(Debug, Args)]
pub struct UserUnlinkArgs {
    /// The account
    login: String,
}

#[derive(Debug, Args)]
struct PasswordArgs {
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
}

/// Runs the command.
///
/// # Errors
///
/// The account or the password is refused.
pub async fn run(context: &Context, command: &UserCommand) -> Outcome {
    match command {
        UserCommand::Create(args) => create(context, args).await,
        UserCommand::Password(args) => set_password(context, args).await,
        UserCommand::Link(args) => link(context, args).await,
        UserCommand::Disable(args) => disable(context, args).await,
        UserCommand::Enable(args) => enable(context, args).await,
        UserCommand::ResetFactor(args) => reset_factor(context, args).await,
        UserCommand::Unlink(args) => unlink(context, args).await,
    }
}

async fn create(context: &Context, args: &UserCreateArgs) -> Outcome {
    let (console, language) = (context.console, context.language());
    let config = context.quiet_config()?;
    let app = context.open(&config).await?;
    let grants = grants(args, language)?;
    let is_linked = args.admin || args.link;
    let password = if is_linked {
        None
    } else {
        Some(args.password.take(console)?)
    };
    let roles: Vec<&str> = grants.iter().map(|grant| grant.role.name()).collect();
    let roles = roles.join("、");
    let new = NewAccount {
        login: args.login.clone(),
        display_name: args.name.trim().to_owned(),
        department: args.department.clone(),
        password,
        is_demo: false,
        grants,
    };
    app.identity()
        .create_account(new)
        .await
        .map_err(|error| wording::account(language, &error))?;
    let (login, place) = (&args.login, &args.department);
    console.print(&words!(
        language,
        "已创建账号 {login}（{roles}，{place}）",
        "Made the account {login} ({roles}, {place})",
    ))?;
    if is_linked {
        print_link(context, (&config, &app), login).await?;
    }
    Ok(Exit::Done)
}

async fn link(context: &Context, args: &UserLinkArgs) -> Outcome {
    let config = context.quiet_config()?;
    let app = context.open(&config).await?;
    print_link(context, (&config, &app), &args.login).await?;
    Ok(Exit::Done)
}

/// Makes a link for an account and prints where it leads.
async fn print_link(
    context: &Context,
    (config, app): (&Config, &App),
    login: &str,
) -> Result<(), Failure> {
    let language = context.language();
    let made = app.identity().link_for(login.trim()).await;
    let made = made.map_err(|error| wording::account(language, &error))?;
    let place = config.server.reached_at();
    let address = format!("{}{}", place.trim_end_matches('/'), made.path());
    context.console.print(&words!(
        language,
        "请本人在 24 小时内打开此链接设置密码（只能使用一次）：\n{address}",
        "Its owner sets the password at this address, within 24 hours and once:\n{address}",
    ))
}

fn grants(args: &UserCreateArgs, language: Language) -> Result<Vec<NewGrant>, Failure> {
    let unknown = |name: &str| {
        Failure::with(
            Exit::Usage,
            words!(
                language,
                "没有角色或范围 {name}",
                "There is no role or reach {name}"
            ),
        )
    };
    if args.admin {
        return Ok(vec![NewGrant {
            role: Role::SystemAdmin,
            department: args.department.clone(),
            reach: Reach::Subtree,
        }]);
    }
    let reach = Reach::parse(&args.reach.to_uppercase()).ok_or_else(|| unknown(&args.reach))?;
    let mut grants: Vec<NewGrant> = Vec::new();
    for name in &args.role {
        let role = Role::parse(&name.to_uppercase()).ok_or_else(|| unknown(name))?;
        if grants.iter().all(|grant| grant.role != role) {
            grants.push(NewGrant {
                role,
                department: args.department.clone(),
                reach,
            });
        }
    }
    Ok(grants)
}

async fn set_password(context: &Context, args: &UserPasswordArgs) -> Outcome {
    let (console, language) = (context.console, context.language());
    let app = context.open(&context.quiet_config()?).await?;
    let login = &args.login;
    let known = duban_persistence::accounts::find_credentials_unscoped(app.store().read(), login)
        .await
        .map_err(|error| wording::store(language, &error))?;
    if known.is_none() {
        return Err(Failure::new(words!(
            language,
            "没有账号 {login}",
            "There is no account {login}",
        )));
    }
    let password = args.password.take(console)?;
    app.identity()
        .set_password(login, password)
        .await
        .map_err(|error| wording::account(language, &error))?;
    console.print(&words!(
        language,
        "已为 {login} 设置新密码",
        "The new password of {login} is set",
    ))?;
    Ok(Exit::Done)
}

async fn disable(context: &Context, args: &UserDisableArgs) -> Outcome {
    let (console, language, login) = (context.console, context.language(), &args.login);
    let app = context.open(&context.quiet_config()?).await?;
    let done = app.identity().disable_account(login).await;
    done.map_err(|error| wording::account(language, &error))?;
    console.print(&words!(
        language,
        "账号 {login} 已停用",
        "The account {login} cannot sign in any more",
    ))?;
    Ok(Exit::Done)
}

async fn enable(context: &Context, args: &UserEnableArgs) -> Outcome {
    let (console, language, login) = (context.console, context.language(), &args.login);
    let app = context.open(&context.quiet_config()?).await?;
    let done = app.identity().enable_account(login).await;
    done.map_err(|error| wording::account(language, &error))?;
    console.print(&words!(
        language,
        "账号 {login} 已启用",
        "The account {login} can sign in again",
    ))?;
    Ok(Exit::Done)
}

async fn reset_factor(context: &Context, args: &UserResetFactorArgs) -> Outcome {
    let (console, language, login) = (context.console, context.language(), &args.login);
    let app = context.open(&context.quiet_config()?).await?;
    let done = app.identity().reset_second_factor(login).await;
    if !done.map_err(|error| wording::account(language, &error))? {
        return Err(Failure::new(words!(
            language,
            "账号 {login} 没有启用动态口令",
            "The account {login} has no second factor",
        )));
    }
    console.print(&words!(
        language,
        "账号 {login} 的动态口令已移除",
        "The second factor of {login} is taken away",
    ))?;
    Ok(Exit::Done)
}

async fn unlink(context: &Context, args: &UserUnlinkArgs) -> Outcome {
    let (console, language, login) = (context.console, context.language(), &args.login);
    let app = context.open(&context.quiet_config()?).await?;
    let done = app.identity().unlink_account(login).await;
    if !done.map_err(|error| wording::account(language, &error))? {
        return Err(Failure::new(words!(
            language,
            "账号 {login} 没有绑定统一认证",
            "The account {login} is nobody's at the organisation's own sign-in",
        )));
    }
    console.print(&words!(
        language,
        "账号 {login} 的统一认证绑定已解除",
        "It is forgotten whose account {login} is at the organisation's own sign-in",
    ))?;
    Ok(Exit::Done)
}

impl PasswordArgs {
    /// Reads or asks for the password.
    fn take(&self, console: Console) -> Result<Zeroizing<String>, Failure> {
        let language = console.language;
        let unread = |error: io::Error| {
            Failure::new(words!(
                language,
                "无法读取密码：{error}",
                "The password cannot be read: {error}",
            ))
        };
        if self.password_stdin {
            let mut line = Zeroizing::new(String::new());
            let mut input = io::Read::take(io::stdin().lock(), LINE_LIMIT);
            input.read_line(&mut line).map_err(unread)?;
            return Ok(Zeroizing::new(
                line.trim_end_matches(['\r', '\n']).to_owned(),
            ));
        }
        if !io::stdin().is_terminal() {
            return Err(Failure::new(words!(
                language,
                "此处没有终端可供输入密码，请加上 --password-stdin 从标准输入读取",
                "There is no terminal to ask for the password at; add --password-stdin",
            )));
        }
        let ask = |question: String| rpassword::prompt_password(question).map(Zeroizing::new);
        let first = ask(words!(language, "密码：", "Password: ")).map_err(unread)?;
        let second = ask(words!(language, "再输一遍：", "Once more: ")).map_err(unread)?;
        if first != second {
            return Err(Failure::new(words!(
                language,
                "两次输入不一致，未作任何更改",
                "The two are not the same; nothing was changed",
            )));
        }
        Ok(first)
    }
}

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|one| name(*one)))
}
